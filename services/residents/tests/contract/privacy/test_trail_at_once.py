"""Several processes write into one trail, and one of them is killed: nothing is lost, no gap."""

import asyncio
import subprocess
import sys
from pathlib import Path

from chassis.mongo import Store
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.application.privacy.verify_trail import VerifyTrail

from .acts import BOX, HERE, an_act, keyed_hash, trail_over

EACH = 100
WRITTEN_BEFORE_THE_KILL = 20


async def test_many_at_once_over_two_connections_and_a_kill(
    store: Store, another_store: Store, mongodb_uri: str, database: str
) -> None:
    appending = [
        trail.append(an_act(number, writer=writer))
        for trail, writer in ((trail_over(store), "a"), (trail_over(another_store), "b"))
        for number in range(EACH)
    ]
    others = asyncio.gather(*appending)
    killed = await asyncio.to_thread(_append_until_killed, mongodb_uri, database)
    await others

    # what the dead one had been told is written, and it goes on as if it had not died
    trail = trail_over(another_store)
    entries = MongoAuditEntries(store, BOX)
    for number in range(killed):
        assert await entries.by_source(HERE, an_act(number, writer="c").source_id)
    for number in range(EACH):
        await trail.append(an_act(number, writer="c"))

    verdict = await VerifyTrail(entries, keyed_hash)(HERE)
    assert (verdict.entries, verdict.first_break) == (3 * EACH, None)
    assert await store.collection("audit_entries").count({"community_id": HERE}) == 3 * EACH


def _append_until_killed(uri: str, database: str) -> int:
    """Returns: how many acts the process said were written before it was killed."""
    program = Path(__file__).with_name("acts.py")
    command = [sys.executable, str(program), uri, database, "c", str(EACH)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        said = 0
        for said, _ in enumerate(process.stdout, 1):
            if said == WRITTEN_BEFORE_THE_KILL:
                process.kill()
    assert process.returncode < 0
    return said

"""`residents verify-audit`, as an auditor types it, over a trail that somebody breaks."""

import json
import uuid
from collections.abc import AsyncIterator

import pytest
from chassis.clock import utc_now
from chassis.mongo import Store
from residents.bootstrap.privacy import audit_trail
from residents.domain.privacy.audit import AuditAct, AuditAction

from ..conftest import Running
from .archive import Archive

ENTRIES = 5


@pytest.fixture
async def community_id(archive: Archive) -> str:
    """A community of the test's own with a trail."""
    community_id = f"community_{uuid.uuid4().hex[:26]}"
    trail = audit_trail(archive.rooms.foundation)
    for number in range(ENTRIES):
        act = AuditAct(
            community_id=community_id,
            actor_account_id="account_1",
            action=AuditAction.REVEAL,
            subject=f"resident_{number}",
            purpose="HOME_VISIT",
            source_id=f"reveal_{number}",
            at=utc_now(),
        )
        await trail.append(act)
    return community_id


@pytest.fixture
async def store(running: Running) -> AsyncIterator[Store]:
    store = Store.connect(running.variables["MONGODB_URI"], running.variables["MONGODB_DATABASE"])
    yield store
    await store.close()


async def test_a_whole_trail_is_said_to_be_whole(running: Running, community_id: str) -> None:
    said = running.commands.done("verify-audit", "--community", community_id)
    assert said.startswith(f"{community_id}: {ENTRIES} entries, whole; head {ENTRIES}:")
    head = said.split()[-1]

    assert running.commands.done("verify-audit", "--community", community_id, "--expect", head)
    everybody = json.loads(running.commands.done("verify-audit", "--json"))
    (verdict,) = [it for it in everybody if it["communityId"] == community_id]
    assert verdict == {
        "communityId": community_id,
        "entries": ENTRIES,
        "headHash": head.partition(":")[2],
        "whole": True,
        "firstBreak": None,
    }


async def test_a_changed_entry_is_named(running: Running, community_id: str, store: Store) -> None:
    where = {"community_id": community_id, "seq": 3}
    hidden = {"$set": {"subject": "resident_somebody"}}
    assert await store.collection("audit_entries").update_one(where, hidden)

    ended = running.commands.run("verify-audit", "--community", community_id)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"{community_id}: broken at entry 3: changed entry\n"
    ended = running.commands.run("verify-audit", "--community", community_id, "--json")
    assert ended.returncode == 1
    assert json.loads(ended.stdout)[0]["firstBreak"] == {"seq": 3, "kind": "CHANGED"}
    await store.collection("audit_entries").delete_many({"community_id": community_id})
    await store.collection("audit_heads").delete_many({"community_id": community_id})


async def test_an_earlier_state_put_back_is_found_by_the_head_that_was_noted(
    running: Running, archive: Archive, community_id: str, store: Store
) -> None:
    heads = store.collection("audit_heads")
    earlier = await heads.find_one({"community_id": community_id})
    assert earlier is not None
    trail = audit_trail(archive.rooms.foundation)
    act = AuditAct(
        community_id=community_id,
        actor_account_id="account_1",
        action=AuditAction.EXPORT,
        subject="resident_9",
        purpose="COUNTER_REQUEST",
        source_id="export_9",
        at=utc_now(),
    )
    await trail.append(act)
    noted = running.commands.done("verify-audit", "--community", community_id).split()[-1]

    where = {"community_id": community_id, "seq": ENTRIES + 1}
    await store.collection("audit_entries").delete_one(where)
    state = {"sealed": earlier["sealed"], "count": earlier["count"]}
    await heads.update_one({"community_id": community_id}, {"$set": state})

    assert running.commands.done("verify-audit", "--community", community_id)
    ended = running.commands.run("verify-audit", "--community", community_id, "--expect", noted)
    assert ended.returncode == 1
    assert f"broken at entry {ENTRIES + 1}: not the chain that was expected" in ended.stderr


async def test_what_is_no_head_is_not_understood(running: Running, community_id: str) -> None:
    for typed in ("12", "12:abc", "x:" + "0" * 64):
        ended = running.commands.run("verify-audit", "--community", community_id, "--expect", typed)
        assert ended.returncode == 2
    assert running.commands.run("verify-audit", "--expect", "1:" + "0" * 64).returncode == 2

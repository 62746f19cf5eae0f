"""Acts to be written down, for tests of this process and of one that is killed.

As a program it appends acts to a trail and prints the number of each once it is written:
`python acts.py MONGODB_URI DATABASE WRITER COUNT`.
"""

import asyncio
import sys
from datetime import UTC, datetime

from chassis.encryption import KEY_BYTES, LookupHash, SecretBox, WrappingKeys
from chassis.mongo import Store
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.application.privacy.append_to_trail import AppendToTrail
from residents.domain.privacy.audit import AuditAct, AuditAction

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE = "community_here"
BOX = SecretBox(WrappingKeys({"test": bytes(KEY_BYTES)}))
_HASH = LookupHash(bytes(KEY_BYTES))


def keyed_hash(text: str) -> str:
    """A hash under a key that everybody knows."""
    return _HASH("audit.entry", text)


def an_act(
    number: int, *, writer: str = "a", community_id: str = HERE, actor: str = "account_clerk",
    action: AuditAction = AuditAction.REVEAL,
) -> AuditAct:  # fmt: skip
    """The act of that number of one writer."""
    return AuditAct(
        community_id=community_id,
        actor_account_id=actor,
        action=action,
        subject=f"resident_{number}",
        purpose="HOME_VISIT",
        source_id=f"reveal_{writer}{number}",
        at=AT,
    )


def trail_over(store: Store) -> AppendToTrail:
    """A trail over one connection."""
    return AppendToTrail(MongoAuditEntries(store, BOX), keyed_hash)


async def _append(uri: str, database: str, writer: str, count: int) -> None:
    store = Store.connect(uri, database)
    trail = trail_over(store)
    for number in range(count):
        await trail.append(an_act(number, writer=writer))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    await store.close()


if __name__ == "__main__":
    asyncio.run(_append(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

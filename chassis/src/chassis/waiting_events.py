"""What waits in the outboxes of a service, read from the store: Kafka need not be there."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chassis.mongo import Collection, Document, Store
from chassis.outbox import NOT_EMPTY

_WAITING: Document = {
    "$group": {
        "_id": None,
        "documents": {"$sum": 1},
        "events": {"$sum": {"$size": "$outbox"}},
    }
}


class Waiting(msgspec.Struct, frozen=True):
    """What waits in one collection.

    Attributes:
        oldest: when the event was written that waits longest; None where none does.
    """

    collection: str
    documents: int
    events: int
    oldest: datetime | None


async def waiting_events(store: Store, outboxes: Sequence[str]) -> list[Waiting]:
    """Count what waits, by the index that the relay finds it by. Raises: StoreUnavailable."""
    found = []
    for name in sorted(outboxes):
        rows = await store.collection(name).aggregate([{"$match": NOT_EMPTY}, _WAITING])
        row = rows[0] if rows else {"documents": 0, "events": 0}
        since = await _oldest(store.collection(name))
        found.append(Waiting(name, row["documents"], row["events"], since))
    return found


async def _oldest(collection: Collection) -> datetime | None:
    first = await collection.find_one(NOT_EMPTY, fields={"outbox.at": 1}, sort=(("outbox.at", 1),))
    return min(entry["at"] for entry in first["outbox"]) if first else None

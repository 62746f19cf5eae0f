"""The reference of W2: guarded updates of distinct documents, and nothing else, by one process.

    python -m benchmarks.w2_raw_updates <order.json>      prints {"seconds": …, "cpu_seconds": …}

It is a process of its own, as the api is one, with the same driver and the same write concern.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from chassis.mongo import Collection, Document, Store

_COPIED_AT_ONCE = 500


class RawOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be updated.

    Attributes:
        source, database: where the documents are found, and where they are copied to first.
        clients: how many update beside each other, each one document after another.
    """

    mongodb_uri: str
    source: str
    database: str
    collection: str
    where: dict[str, str]
    clients: int


class RawCost(msgspec.Struct, frozen=True):
    """What the updates took."""

    updates: int
    seconds: float
    cpu_seconds: float


async def updated(order: RawOrder) -> RawCost:
    """Copy the documents, then update each once, guarded by its version."""
    source = Store.connect(order.mongodb_uri, order.source)
    store = Store.connect(order.mongodb_uri, order.database)
    try:
        documents = await source.collection(order.collection).find(order.where)
        collection = store.collection(order.collection)
        for at in range(0, len(documents), _COPIED_AT_ONCE):
            await collection.insert_many(documents[at : at + _COPIED_AT_ONCE])
        left = iter(documents)
        began, began_cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(_client(collection, left) for _ in range(order.clients)))
        seconds = time.perf_counter() - began
        return RawCost(len(documents), seconds, time.process_time() - began_cpu)
    finally:
        await source.close()
        await store.close()


async def _client(collection: Collection, left: Iterator[Document]) -> None:
    for document in left:
        where, update = guarded_update(document)
        if await collection.update_one(where, update) != 1:
            raise SystemExit(f"{document['_id']} was not updated")


def guarded_update(document: Document) -> tuple[Document, Document]:
    """What a claim writes into a voucher, its keys taken from the document's own id."""
    id_, at = document["_id"], document["claimable_from"]
    assert isinstance(at, datetime)
    where = {
        "_id": id_,
        "community_id": document["community_id"],
        "version": document["version"],
    }
    told = {"id": f"event-{id_}", "sequence": 1, "at": at, "subject": id_, "data": {"id": id_}}
    update: Document = {
        "$set": {
            "state": "claimed",
            "person_key": f"person-{id_}",
            "household_id": f"household-{id_}",
            "account_id": f"account-{id_}",
            "claim_key": f"claim-{id_}",
            "nth": 1,
            "mth": 1,
            "account_nth": 1,
            "claimed_how": "claim",
            "claimed_at": at,
        },
        "$inc": {"version": 1, "sequence": 1},
        "$push": {"outbox": {"$each": [told]}},
    }
    return where, update


if __name__ == "__main__":
    order = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=RawOrder)
    sys.stdout.write(msgspec.json.encode(asyncio.run(updated(order))).decode())

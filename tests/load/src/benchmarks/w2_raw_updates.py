"""The reference of W2: guarded updates of distinct documents, and nothing else, by one process.

    python -m benchmarks.w2_raw_updates <order.json>      prints a RawCost as JSON

What it does, exactly:

- It is a process of its own, as the api is one, with the same driver, write concern and limits.
- It copies the vouchers of a campaign of which nobody has claimed any: each as a claim finds it,
  available, in none of the partial indexes. The copies have the collection's own indexes, or, in
  another run, none but that by `_id`.
- As many clients as the rush has connections update them beside each other, one document after
  another, each document once, by `update_one` guarded by id, tenant and version. A document gets
  the holder, the numbers of the caps and the key of a claim, so it enters every index that a claim
  enters, and one event into its outbox. Nothing is read first, and nothing that stays as it was is
  written again.
- Its first so many updates are not counted: connections and threads are there by then, as those of
  the api are after its warm-up.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
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
        warm_up, counted: how many of the documents are updated before the counting begins, and
            how many then.
    """

    mongodb_uri: str
    source: str
    database: str
    collection: str
    where: dict[str, str]
    clients: int
    warm_up: int
    counted: int


class RawCost(msgspec.Struct, frozen=True):
    """What the updates took, those of the warm-up left out."""

    updates: int
    seconds: float
    cpu_seconds: float


async def updated(order: RawOrder) -> RawCost:
    """Copy the documents, then update each once, guarded by its version.

    Raises: ValueError for documents that somebody has claimed, or another number of them.
    """
    source = Store.connect(order.mongodb_uri, order.source)
    store = Store.connect(order.mongodb_uri, order.database)
    try:
        documents = as_claims_find_them(await source.collection(order.collection).find(order.where))
        first, counted = documents[: order.warm_up], documents[order.warm_up :]
        if len(counted) != order.counted:
            raise ValueError(f"{len(counted)} documents are left to count, not {order.counted}")
        collection = store.collection(order.collection)
        for at in range(0, len(documents), _COPIED_AT_ONCE):
            await collection.insert_many(documents[at : at + _COPIED_AT_ONCE])
        await _update_all(collection, first, order.clients)
        began, began_cpu = time.perf_counter(), time.process_time()
        await _update_all(collection, counted, order.clients)
        seconds = time.perf_counter() - began
        return RawCost(len(counted), seconds, time.process_time() - began_cpu)
    finally:
        await source.close()
        await store.close()


def as_claims_find_them(documents: Sequence[Document]) -> Sequence[Document]:
    """Return the documents, none of them claimed. Raises: ValueError where one is."""
    claimed = sum(each["state"] != "available" for each in documents)
    if claimed:
        raise ValueError(f"{claimed} of {len(documents)} documents are claimed already")
    return documents


async def _update_all(collection: Collection, documents: Sequence[Document], clients: int) -> None:
    left = iter(documents)
    await asyncio.gather(*(_client(collection, left) for _ in range(clients)))


async def _client(collection: Collection, left: Iterator[Document]) -> None:
    for document in left:
        where, update = guarded_update(document)
        if await collection.update_one(where, update) != 1:
            raise SystemExit(f"{document['_id']} was not updated")


def guarded_update(document: Document) -> tuple[Document, Document]:
    """Where a voucher is as it was, and what makes it claimed; its keys are of its own id."""
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

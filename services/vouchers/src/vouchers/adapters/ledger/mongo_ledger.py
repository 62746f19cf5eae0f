"""The books in MongoDB: entries that are posted and sealed, and the head of each chain."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from chassis.errors import BadUserInput
from chassis.mongo import Document, Index, Sort, Store

from chassis import keyset
from vouchers.application.listed import Listed
from vouchers.application.ports import Cursor
from vouchers.domain.ledger.chain import Head
from vouchers.domain.ledger.entry import EntryKind, LedgerEntry, merchant_account

ENTRIES = "ledger_entries"
HEADS = "ledger_heads"
_NATIVE = (datetime,)
_LAST_FIRST: Sort = (("seq", -1),)
_BY_TIME: Sort = (("occurred_at", 1), ("_id", 1))
_IN_ORDER_OF_POSTING: Sort = (("posted_at", 1), ("_id", 1))
_OF_COMMUNITY = (("community_id", 1),)

INDEXES = (
    Index(
        collection=ENTRIES,
        keys=(*_OF_COMMUNITY, ("seq", 1)),
        unique=True,
        partial={"link": {"$gt": ""}},
    ),
    Index(collection=ENTRIES, keys=(*_OF_COMMUNITY, ("seq", 1), *_IN_ORDER_OF_POSTING)),
    Index(collection=ENTRIES, keys=(("seq", 1), *_OF_COMMUNITY)),
    Index(collection=ENTRIES, keys=(*_OF_COMMUNITY, ("merchant_id", 1), *_BY_TIME)),
    Index(collection=ENTRIES, keys=(*_OF_COMMUNITY, ("kind", 1), ("amount_fen", 1))),
)


class MongoLedgerEntries:
    """The port `LedgerEntries`."""

    def __init__(self, store: Store) -> None:
        self.collection = store.collection(ENTRIES)

    async def post(self, entry: LedgerEntry) -> None:
        """See the port."""
        document: Document = msgspec.to_builtins(entry, builtin_types=_NATIVE)
        await self.collection.insert_missing(
            [{"_id": document.pop("id"), "community_id": entry.community_id, **document}]
        )

    async def unsealed(self, community_id: str, *, limit: int) -> list[LedgerEntry]:
        """See the port."""
        return await self._found(community_id, {"seq": None}, _IN_ORDER_OF_POSTING, limit)

    async def unsealed_communities(self) -> list[str]:
        """See the port."""
        found = await self.collection.aggregate(
            [{"$match": {"seq": None}}, {"$group": {"_id": "$community_id"}}]
        )
        return sorted(document["_id"] for document in found)

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[LedgerEntry | None]:
        """See the port."""
        found = await self.collection.find(
            {"_id": {"$in": list(ids)}, "community_id": community_id}
        )
        by_id = {document["_id"]: _entry(document) for document in found}
        return [by_id.get(id_) for id_ in ids]

    async def seal(self, community_id: str, chain: Sequence[LedgerEntry]) -> None:
        """See the port."""
        await self.collection.update_each(
            [
                (
                    {"_id": entry.id, "community_id": community_id, "seq": None},
                    {"$set": {"seq": entry.seq, "link": entry.link}},
                )
                for entry in chain
            ]
        )

    async def sealed_after(self, community_id: str, seq: int, *, limit: int) -> list[LedgerEntry]:
        """See the port."""
        return await self._found(community_id, {"seq": {"$gt": seq}}, (("seq", 1),), limit)

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Listed[LedgerEntry]:
        """See the port."""
        return await self._page(community_id, {"seq": {"$gt": 0}}, _LAST_FIRST, first, after)

    async def of_merchant(
        self,
        community_id: str,
        merchant_id: str,
        begins_at: datetime,
        ends_at: datetime,
        *,
        first: int,
        after: Cursor | None,
    ) -> Listed[LedgerEntry]:
        """See the port."""
        where = _of_merchant(community_id, merchant_id, begins_at, ends_at)
        return await self._page(community_id, where, _BY_TIME, first, after)

    async def merchant_total_fen(
        self, community_id: str, merchant_id: str, begins_at: datetime, ends_at: datetime
    ) -> int:
        """See the port."""
        found = await self.collection.aggregate(
            [
                {"$match": _of_merchant(community_id, merchant_id, begins_at, ends_at)},
                {"$unwind": "$legs"},
                {"$match": {"legs.account": merchant_account(merchant_id)}},
                {"$group": {"_id": None, "fen": {"$sum": "$legs.amount_fen"}}},
            ]
        )
        return int(found[0]["fen"]) if found else 0

    async def moved_fen(self, community_id: str) -> Mapping[EntryKind, int]:
        """See the port."""
        found = await self.collection.aggregate(
            [
                {"$match": {"community_id": community_id}},
                {"$group": {"_id": "$kind", "fen": {"$sum": "$amount_fen"}}},
            ]
        )
        return {EntryKind(document["_id"]): int(document["fen"]) for document in found}

    async def _found(
        self, community_id: str, where: Document, sort: Sort, limit: int
    ) -> list[LedgerEntry]:
        mine = {"community_id": community_id, **where}
        found = await self.collection.find(mine, sort=sort, limit=limit)
        return [_entry(document) for document in found]

    async def _page(
        self,
        community_id: str,
        where: Document,
        sort: Sort,
        first: int,
        after: Cursor | None,
    ) -> Listed[LedgerEntry]:
        where = {"community_id": community_id, **where}
        if after is not None:
            if len(after) != len(sort):
                raise BadUserInput
            where = keyset.narrowed(where, keyset.beyond(sort, after))
        found = await self.collection.find(where, sort=sort, limit=first + 1)
        shown = found[:first]
        return Listed(
            items=[_entry(document) for document in shown],
            cursors=[tuple(document[field] for field, _ in sort) for document in shown],
            has_next_page=len(found) > first,
        )


class MongoLedgerHeads:
    """The port `LedgerHeads`."""

    def __init__(self, store: Store) -> None:
        self.collection = store.collection(HEADS)
        self._begun: set[str] = set()

    async def begin(self, community_id: str) -> None:
        """See the port; each is looked for once a process: a store is restored under none."""
        if community_id in self._begun:
            return
        if await self.collection.find_one({"_id": community_id}, fields={"_id": 1}) is None:
            await self.collection.insert_missing([_document(Head(community_id=community_id))])
        self._begun.add(community_id)

    async def all(self) -> list[Head]:
        """See the port."""
        found = await self.collection.find({}, sort=(("_id", 1),))
        return [msgspec.convert(document, Head) for document in found]

    async def find(self, community_id: str) -> Head | None:
        """See the port."""
        found = await self.collection.find_one({"_id": community_id})
        return msgspec.convert(found, Head) if found else None

    async def replace(self, head: Head) -> Head | None:
        """See the port."""
        after = msgspec.structs.replace(head, version=head.version + 1)
        document = _document(after)
        document.pop("_id")
        written = await self.collection.update_one(
            {"_id": head.community_id, "version": head.version}, {"$set": document}
        )
        return after if written else None


def _of_merchant(
    community_id: str, merchant_id: str, begins_at: datetime, ends_at: datetime
) -> Document:
    return {
        "community_id": community_id,
        "merchant_id": merchant_id,
        "occurred_at": {"$gte": begins_at, "$lt": ends_at},
    }


def _entry(document: Document) -> LedgerEntry:
    return msgspec.convert({**document, "id": document["_id"]}, LedgerEntry, builtin_types=_NATIVE)


def _document(head: Head) -> Document:
    return {"_id": head.community_id, **msgspec.to_builtins(head)}

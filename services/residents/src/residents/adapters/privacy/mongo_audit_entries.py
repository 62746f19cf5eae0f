"""The audit trail in MongoDB: entries, and beside them a sealed head for each community.

An entry's `_id` is derived from its source, so that an act is written down once; its place is
unique by an index, so that two never stand at one.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from chassis.encryption import CannotDecrypt, SecretBox, UnknownWrappingKey
from chassis.ids import derived_id
from chassis.mongo import Collection, Document, DuplicateKey, Index, Sort, Store
from chassis.rewrapping import SealedSecrets, Secret

from residents.application.privacy.audit_ports import (
    Cursor,
    EntryFilter,
    EntryPage,
    HeadUnreadable,
    StoredEntry,
)
from residents.domain.privacy.chain import AuditEntry, Head

ENTRIES = "audit_entries"
HEADS = "audit_heads"

_PLACE = (("community_id", 1), ("seq", 1))
INDEXES = (
    Index(collection=ENTRIES, keys=_PLACE, unique=True),
    Index(collection=ENTRIES, keys=(("community_id", 1), ("subject", 1), ("seq", 1))),
    Index(collection=ENTRIES, keys=(("community_id", 1), ("actor_account_id", 1), ("seq", 1))),
    Index(collection=ENTRIES, keys=(("community_id", 1), ("action", 1), ("seq", 1))),
    Index(
        collection=ENTRIES,
        keys=(("community_id", 1), ("actor_account_id", 1), ("action", 1), ("seq", 1)),
    ),
    Index(collection=HEADS, keys=(("community_id", 1),)),
)

_BY_SEQ: Sort = (("seq", 1),)
_NEWEST_FIRST: Sort = (("seq", -1),)


def _place(community_id: str) -> str:
    """What a head is sealed for: another community's does not open here."""
    return f"audit.head.{community_id}"


def _secrets(document: Document) -> Iterable[Secret]:
    if isinstance(document.get("sealed"), bytes):
        yield Secret("sealed", _place(document["community_id"]), document["sealed"])


SEALED_HEADS = SealedSecrets(HEADS, _secrets)


class MongoAuditEntries:
    """See `AuditEntries`."""

    def __init__(self, store: Store, box: SecretBox) -> None:
        self.collection = store.collection(ENTRIES)
        self.heads_collection = store.collection(HEADS)
        self._box = box

    async def by_source(self, community_id: str, source_id: str) -> StoredEntry | None:
        """See `AuditEntries.by_source`."""
        found = await self.collection.find_one(
            {"_id": _entry_id(community_id, source_id), "community_id": community_id}
        )
        return _stored(found) if found else None

    async def last(self, community_id: str) -> StoredEntry | None:
        """See `AuditEntries.last`."""
        found = await self.collection.find_one({"community_id": community_id}, sort=_NEWEST_FIRST)
        return _stored(found) if found else None

    async def insert(self, entry: AuditEntry) -> bool:
        """See `AuditEntries.insert`."""
        document = msgspec.to_builtins(entry, builtin_types=(datetime,))
        identity = _entry_id(entry.community_id, entry.source_id)
        try:
            await self.collection.insert_one({"_id": identity, **document})
        except DuplicateKey:
            return False
        return True

    async def head(self, community_id: str) -> Head | None:
        """See `AuditEntries.head`."""
        found = await self.heads_collection.find_one(
            {"_id": _head_id(community_id), "community_id": community_id}
        )
        if found is None:
            return None
        try:
            opened = self._box.open(_place(community_id), found["sealed"])
            head = msgspec.msgpack.decode(opened, type=Head)
        except (CannotDecrypt, UnknownWrappingKey, KeyError, TypeError, msgspec.DecodeError):
            raise HeadUnreadable from None
        if head.count != found.get("count"):
            raise HeadUnreadable
        return head

    async def advance_head(self, community_id: str, head: Head) -> None:
        """See `AuditEntries.advance_head`. The count in clear only guards the write."""
        sealed = self._box.seal(_place(community_id), msgspec.msgpack.encode(head))
        identity = {"_id": _head_id(community_id), "community_id": community_id}
        fewer = {**identity, "count": {"$lt": head.count}}
        state = {"count": head.count, "sealed": sealed}
        advance: Document = {"$set": state, "$inc": {"version": 1}}
        if await self.heads_collection.update_one(fewer, advance):
            return
        try:
            await self.heads_collection.insert_one({**identity, **state, "version": 1})
        except DuplicateKey:  # it counts as many, or somebody's first came in between
            await self.heads_collection.update_one(fewer, advance)

    async def from_seq(self, community_id: str, after: int, limit: int) -> list[StoredEntry]:
        """See `AuditEntries.from_seq`."""
        where = {"community_id": community_id, "seq": {"$gt": after}}
        found = await self.collection.find(where, sort=_BY_SEQ, limit=limit)
        return [_stored(document) for document in found]

    async def communities(self) -> list[str]:
        """See `AuditEntries.communities`. One step of an index for each."""
        of_entries = await self._tenants(self.collection)
        return sorted({*of_entries, *await self._tenants(self.heads_collection)})

    async def newest_first(
        self, community_id: str, which: EntryFilter, *, first: int, after: Cursor | None
    ) -> EntryPage:
        """See `AuditEntries.newest_first`. A person has few entries: the rest is looked through."""
        where: Document = {"community_id": community_id}
        where |= {field: value for field, value in msgspec.to_builtins(which).items() if value}
        if after is not None:
            where["seq"] = {"$lt": after[0]}
        found = await self.collection.find(where, sort=_NEWEST_FIRST, limit=first + 1)
        entries = [stored.entry for stored in map(_stored, found[:first]) if stored.entry]
        return EntryPage(entries, [(entry.seq,) for entry in entries], len(found) > first)

    async def _tenants(self, collection: Collection) -> list[str]:
        found: list[str] = []
        last = ""
        while document := await collection.find_one(
            {"community_id": {"$gt": last}},
            sort=(("community_id", 1),),
            fields={"community_id": 1},
        ):
            last = document["community_id"]
            found.append(last)
        return found


def _entry_id(community_id: str, source_id: str) -> str:
    return derived_id("audit", community_id, source_id)


def _head_id(community_id: str) -> str:
    return derived_id("audit_head", community_id)


def _stored(document: Document) -> StoredEntry:
    """What a document says, or that it says nothing that this service wrote."""
    seq = document.get("seq", 0)
    try:
        entry = msgspec.convert(document, AuditEntry)
    except msgspec.ValidationError:
        return StoredEntry(seq, None)
    is_its_own = document["_id"] == _entry_id(entry.community_id, entry.source_id)
    return StoredEntry(seq, entry if is_its_own else None)

"""Collections that an import writes: many documents at once, seen by none until its edition counts.

New documents hold their events back for their edition (`held.for`), so what an import made that is
given up is found by it; changes to what was there wait in `staged`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import msgspec
from chassis.aggregates import HELD_FOR, Aggregate, Aggregates
from chassis.mongo import Document, Index

from residents.domain.archive.editions import View
from residents.domain.archive.events import ArchiveEvent

STAGED_FOR = "staged.edition"
_SLICE = 1000
_NATIVE = (datetime, bytes)


class FromEdition(Aggregate, Protocol):
    """What is visible from an edition on."""

    @property
    def from_edition(self) -> int:
        """The edition."""


class Foldable(FromEdition, Protocol):
    """What an import changes."""

    def settled(self, edition: int, at: datetime, /) -> "tuple[Foldable, Sequence[ArchiveEvent]]":
        """Fold in what is staged."""


A = TypeVar("A", bound=FromEdition)
F = TypeVar("F", bound=Foldable)
S = TypeVar("S", bound=msgspec.Struct)


def held_index(collection: str) -> Index:
    """By which an edition's new documents are found."""
    return Index(
        collection=collection,
        keys=(("community_id", 1), (HELD_FOR, 1), ("_id", 1)),
        partial={HELD_FOR: {"$gt": 0}},
    )


def staged_index(collection: str, *keys: str) -> Index:
    """By which an edition's changes are found; empty but while one is settled."""
    fields = ("community_id", STAGED_FOR, *keys, "_id")
    return Index(
        collection=collection,
        keys=tuple((field, 1) for field in fields),
        partial={STAGED_FOR: {"$gt": 0}},
    )


def counts_as_it_lies(document: Document, view: View) -> bool:
    """Whether a document counts, and nothing that counts is staged in it."""
    if not view.sees(document["from_edition"]):
        return False
    staged = document.get("staged")
    return view.is_settled or staged is None or staged["edition"] != view.edition


class MongoImported(Aggregates[A]):
    """See `ports.Imported`."""

    async def add_all(self, new: Sequence[tuple[A, Sequence[ArchiveEvent]]]) -> int:
        """See `Imported.add_all`."""
        added = 0
        for edition in sorted({aggregate.from_edition for aggregate, _ in new}):
            of_edition = [pair for pair in new if pair[0].from_edition == edition]
            added += await self.add_many(of_edition, held_for=edition)
        return added

    async def settle(self, community_id: str, edition: int, *, limit: int) -> int:
        """See `Imported.settle`."""
        return await self.release(community_id, edition, limit=limit)

    async def delete_from(self, community_id: str, edition: int, *, limit: int) -> int:
        """See `Imported.delete_from`."""
        where: Document = {"community_id": community_id, HELD_FOR: edition}
        found = await self.collection.find(where, fields={"_id": 1}, limit=limit)
        ids = [document["_id"] for document in found]
        return await self.collection.delete_many({**where, "_id": {"$in": ids}})


class MongoStageable(MongoImported[F], Generic[F, S]):
    """See `ports.Stageable`."""

    async def stage_all(self, community_id: str, staged: Mapping[str, S]) -> int:
        """See `Stageable.stage_all`."""
        updates = await self._stagings(list(staged.items()))
        return await self.collection.update_each(
            [
                (
                    {"_id": one, "community_id": community_id},
                    {"$set": state, "$inc": {"version": 1}},
                )
                for one, state in updates
            ]
        )

    async def settle(self, community_id: str, edition: int, *, limit: int) -> int:
        """See `Imported.settle`."""
        released = await self.release(community_id, edition, limit=limit)
        at = self._now()

        def fold(before: F) -> tuple[F, Sequence[ArchiveEvent]]:
            after, events = before.settled(edition, at)
            return after, events  # type: ignore[return-value]  # it folds into its own kind

        where: Document = {"community_id": community_id, STAGED_FOR: edition}
        return released + await self.change_found(where, fold, limit=limit)

    async def unstage(self, community_id: str, edition: int) -> int:
        """See `Stageable.unstage`."""
        where: Document = {"community_id": community_id, STAGED_FOR: edition}
        dropped = 0
        while found := await self.collection.find(where, fields={"_id": 1}, limit=_SLICE):
            some = {**where, "_id": {"$in": [document["_id"] for document in found]}}
            dropped += await self.collection.update_many(
                some, {"$set": {"staged": None}, "$inc": {"version": 1}}
            )
        return dropped

    async def _stagings(self, staged: Sequence[tuple[str, S]]) -> list[tuple[str, Document]]:
        return [
            (one, {"staged": msgspec.to_builtins(change, builtin_types=_NATIVE)})
            for one, change in staged
        ]

"""Collections that an import writes: many documents at once, seen by none until its edition counts.

New documents hold their events back for their edition (`held.for`), so what an import made that is
given up is found by it; changes to what was there wait in `staged`.

What an edition makes is let go, or deleted, in parts of some hundred documents, by an equality
alone: the embedded store reads a whole range whatever the limit, and one operation must not last.
A part's name says of how many parts it is one: `<edition>.<parts>.<part>`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Generic, Protocol, TypeVar
from zlib import crc32

import msgspec
from chassis.aggregates import HELD_FOR, Aggregate, Aggregates
from chassis.mongo import Document, Index

from residents.domain.archive.editions import View
from residents.domain.archive.events import ArchiveEvent

STAGED_FOR = "staged.edition"
_AT_ONCE = 1000
_IN_A_PART = 500
_PARTS_ONCE = 128
"""Of editions whose names of parts do not say how many there are."""
_NATIVE = (datetime, bytes)


class FromEdition(Aggregate, Protocol):
    """What is visible from an edition on."""

    @property
    def from_edition(self) -> int:
        """The edition."""


class ForEdition(Protocol):
    """What is staged."""

    @property
    def edition(self) -> int:
        """From which it counts."""


class Foldable(FromEdition, Protocol):
    """What an import changes."""

    def settled(self, edition: int, at: datetime, /) -> "tuple[Foldable, Sequence[ArchiveEvent]]":
        """Fold in what is staged."""


A = TypeVar("A", bound=FromEdition)
F = TypeVar("F", bound=Foldable)
S = TypeVar("S", bound=ForEdition)


def held_index(collection: str) -> Index:
    """By which an edition's new documents are found."""
    return Index(
        collection=collection,
        keys=(("community_id", 1), (HELD_FOR, 1), ("_id", 1)),
        partial={HELD_FOR: {"$gt": ""}},
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

    async def add_all(
        self, new: Sequence[tuple[A, Sequence[ArchiveEvent]]], *, in_all: int | None = None
    ) -> int:
        """See `Imported.add_all`."""
        added, parts = 0, ceil((len(new) if in_all is None else in_all) / _IN_A_PART) or 1
        for edition in sorted({aggregate.from_edition for aggregate, _ in new}):
            of_edition = [pair for pair in new if pair[0].from_edition == edition]
            added += await self.add_many(
                of_edition, held_for=lambda it: part_name(it.from_edition, parts, it.id)
            )
        return added

    async def settle(self, community_id: str, edition: int) -> int:
        """See `Imported.settle`."""
        return await self._with_each_part(
            community_id, edition, lambda name: self.release(community_id, name)
        )

    async def withdraw(self, community_id: str, edition: int, ids: Sequence[str]) -> int:
        """See `Imported.withdraw`."""
        there = await self.collection.find(
            {"_id": {"$in": list(ids)}, "community_id": community_id}, fields={HELD_FOR: 1}
        )
        gone = 0
        for each in there:
            held_for = each["held"]["for"] if "held" in each else ""
            if held_for.startswith(f"{edition}."):
                gone += await self.collection.delete_one(
                    {"_id": each["_id"], "community_id": community_id, HELD_FOR: held_for}
                )
        return gone

    async def delete_from(self, community_id: str, edition: int) -> int:
        """See `Imported.delete_from`."""
        return await self._with_each_part(
            community_id,
            edition,
            lambda name: self.collection.delete_many(
                {"community_id": community_id, HELD_FOR: name}
            ),
        )

    async def _with_each_part(
        self, community_id: str, edition: int, act: Callable[[str], Awaitable[int]]
    ) -> int:
        """Act on every part until none is found. Returns: the sum of what the acts answer.

        One after the other: a second would wait for the collection's lock, and that counts as its
        time.
        """
        acted = 0
        any_part: Document = {
            "community_id": community_id,
            HELD_FOR: {"$gte": f"{edition}.", "$lt": f"{edition}/"},  # the character after it
        }
        # Sorted to the index's end the store stops at the first; else it reads the whole range.
        first = ((HELD_FOR, 1), ("_id", 1))
        while found := await self.collection.find_one(any_part, fields={HELD_FOR: 1}, sort=first):
            for name in parts_beside(found["held"]["for"]):
                acted += await act(name)
        return acted


class MongoStageable(MongoImported[F], Generic[F, S]):
    """See `ports.Stageable`."""

    async def stage_all(self, community_id: str, staged: Mapping[str, tuple[int, S]]) -> list[str]:
        """See `Stageable.stage_all`."""
        updates = await self._stagings([(one, change) for one, (_, change) in staged.items()])
        matched = await self.collection.update_each(
            [
                (
                    {"_id": one, "community_id": community_id, "version": staged[one][0]},
                    {"$set": state, "$inc": {"version": 1}},
                )
                for one, state in updates
            ]
        )
        return [] if matched == len(staged) else await self._missed(community_id, staged)

    async def settle(self, community_id: str, edition: int) -> int:
        """See `Imported.settle`."""
        settled = await super().settle(community_id, edition)
        at = self._now()

        def fold(before: F) -> tuple[F, Sequence[ArchiveEvent]]:
            after, events = before.settled(edition, at)
            return after, events  # type: ignore[return-value]  # it folds into its own kind

        where: Document = {"community_id": community_id, STAGED_FOR: edition}
        while found := await self.change_found(where, fold, limit=_AT_ONCE):
            settled += found
        return settled

    async def unstage(self, community_id: str, edition: int) -> int:
        """See `Stageable.unstage`."""
        where: Document = {"community_id": community_id, STAGED_FOR: edition}
        dropped = 0
        while found := await self.collection.find(where, fields={"_id": 1}, limit=_AT_ONCE):
            some = {**where, "_id": {"$in": [document["_id"] for document in found]}}
            dropped += await self.collection.update_many(
                some, {"$set": {"staged": None}, "$inc": {"version": 1}}
            )
        return dropped

    async def _missed(self, community_id: str, staged: Mapping[str, tuple[int, S]]) -> list[str]:
        """Those that are not one version further with something staged for the edition.

        A hand leaves nothing staged; only an import stages, the same from the same version.
        """
        found = await self.collection.find(
            {"_id": {"$in": list(staged)}, "community_id": community_id},
            fields={"version": 1, "staged.edition": 1},
        )
        there = {
            each["_id"]: (each["version"], each["staged"]["edition"])
            for each in found
            if each.get("staged")
        }
        return [
            one
            for one, (version, change) in staged.items()
            if there.get(one) != (version + 1, change.edition)
        ]

    async def _stagings(self, staged: Sequence[tuple[str, S]]) -> list[tuple[str, Document]]:
        return [
            (one, {"staged": msgspec.to_builtins(change, builtin_types=_NATIVE)})
            for one, change in staged
        ]


def part_name(edition: int, parts: int, document_id: str) -> str:
    """The part in which a document is one of the edition's."""
    return f"{edition}.{parts}.{crc32(document_id.encode()) % parts}"


def parts_beside(name: str) -> list[str]:
    """Every part of the edition and number of parts of which this is one."""
    first, _, _ = name.rpartition(".")
    parts = int(first.partition(".")[2] or _PARTS_ONCE)
    return [f"{first}.{part}" for part in range(parts)]

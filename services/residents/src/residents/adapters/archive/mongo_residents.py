"""Residents in MongoDB, what is known of them encrypted, and the indexes that find them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.encrypted_fields import ENCRYPTED_FOR, EncryptedFields
from chassis.mongo import Document, Index, Store
from chassis.person_keys import PersonKeys

from residents.adapters.archive.identities import DerivedIdentities
from residents.adapters.archive.index_walk import BESIDE_THE_STATE, NOTHING, walk
from residents.adapters.archive.mongo_imported import (
    STAGED_FOR,
    MongoStageable,
    counts_as_it_lies,
    held_index,
    staged_index,
)
from residents.adapters.archive.mongo_places import inside, is_in
from residents.adapters.archive.pages import in_each, merged
from residents.application.archive.ports import Within
from residents.application.ports import Cursor
from residents.domain.archive.editions import View
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.archive.places import Building, Estate
from residents.domain.archive.residents import Resident, StagedResident, household_order
from residents.domain.events import SERVICE_TOPIC

_COLLECTION = "residents"
_LIES, _WAITS = "home.order_key", "staged.home.order_key"
_ENCRYPTED = ("facts", "staged.facts")
_MARKS_AT_ONCE = 200

RESIDENT_INDEXES = (
    Index(collection=_COLLECTION, keys=(("community_id", 1), ("home.order_key", 1), ("_id", 1))),
    Index(
        collection=_COLLECTION,
        keys=(("community_id", 1), ("marks", 1), ("home.order_key", 1), ("_id", 1)),
    ),
    Index(collection=_COLLECTION, keys=(("community_id", 1), ("home.household_id", 1), ("_id", 1))),
    staged_index(_COLLECTION, "staged.home.order_key"),
    staged_index(_COLLECTION, "staged.marks", "staged.home.order_key"),
    staged_index(_COLLECTION, "staged.home.household_id"),
    held_index(_COLLECTION),
)


class WrittenWithoutFacts(RuntimeError):
    """Somebody was to be stored of whom the facts had not been read: they would be lost."""


class WithoutFacts:
    """A codec that unlocks nothing, for who only counts and compares."""

    async def encode(self, document: Document) -> Document:
        """Raises: WrittenWithoutFacts."""
        raise WrittenWithoutFacts(document["_id"])

    async def encode_many(self, documents: Sequence[Document]) -> list[Document]:
        """Raises: WrittenWithoutFacts."""
        raise WrittenWithoutFacts([document["_id"] for document in documents])

    async def decode(self, documents: Sequence[Document]) -> list[Document]:
        """Leave the facts out."""
        return [_without_facts(document) for document in documents]


def _without_facts(document: Document) -> Document:
    staged = document["staged"] and {**document["staged"], "facts": None}
    without = {**document, "facts": None, "staged": staged}
    without.pop(ENCRYPTED_FOR, None)
    return without


class MongoResidents(MongoStageable[Resident, StagedResident]):
    """See `ports.Residents`."""

    def __init__(self, store: Store, keys: PersonKeys, *, now: Now = utc_now) -> None:
        self._locks = EncryptedFields(
            keys, fields=_ENCRYPTED, person_key=lambda document: str(document["person_key"])
        )
        self._identities = DerivedIdentities()
        super().__init__(
            store, _COLLECTION, Resident, topic=SERVICE_TOPIC,
            not_found=lambda _: ResidentNotFound(), codec=self._locks, now=now,
        )  # fmt: skip
        self._outlines: Aggregates[Resident] = Aggregates(
            store, _COLLECTION, Resident, topic=SERVICE_TOPIC,
            not_found=lambda _: ResidentNotFound(), codec=WithoutFacts(), now=now,
        )  # fmt: skip

    async def outlines(self, community_id: str, ids: Sequence[str]) -> list[Resident | None]:
        """See `Residents.outlines`."""
        return await self._outlines.get_many(community_id, ids)

    async def of_households(
        self, community_id: str, household_ids: Sequence[str], *, view: View
    ) -> Mapping[str, list[Resident]]:
        """See `Residents.of_households`."""
        wanted = {"$in": list(household_ids)}
        there: dict[str, Document] = {}
        if not view.is_settled:  # first, as `pages.merged` says
            waiting = {
                "community_id": community_id,
                STAGED_FOR: view.edition,
                "staged.home.household_id": wanted,
            }
            staged = await self.collection.find(waiting, fields=BESIDE_THE_STATE)
            there |= {each["_id"]: each for each in staged}
        lying = await self.collection.find(
            {"community_id": community_id, "home.household_id": wanted}, fields=BESIDE_THE_STATE
        )
        there |= {each["_id"]: each for each in lying if counts_as_it_lies(each, view)}
        found = [
            each.effective(view.edition) for each in await self._aggregates(list(there.values()))
        ]
        by_household: dict[str, list[Resident]] = {each: [] for each in household_ids}
        for resident in sorted(found, key=household_order):
            if resident.home is not None:
                by_household[resident.home.household_id].append(resident)
        return by_household

    async def living(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, mark: str | None = None, aged_since: datetime | None = None,
    ) -> Page[Resident]:  # fmt: skip
        """See `Residents.living`."""

        async def read(documents: Sequence[Document]) -> list[Resident]:
            return await self._aggregates(
                [
                    _without_facts(each) if aged_since and _is_aged(each, aged_since) else each
                    for each in documents
                ]
            )

        return await self._living(
            read, community_id, view=view, first=first, after=after, within=within, mark=mark
        )

    async def moved_out(
        self, community_id: str, mark: str, *, view: View, first: int, after: Cursor | None = None
    ) -> Page[Resident]:
        """See `Residents.moved_out`."""
        where: Document = {"community_id": community_id, "marks": mark, "home.order_key": None}
        walked = await walk(
            self.collection,
            {**where, "_id": {"$gt": ""}},
            "_id",
            first=first,
            after=None if after is None else (*after, *after),
            keep=lambda document: counts_as_it_lies(document, view),
        )
        return Page(
            items=await self._aggregates(walked.documents),
            cursors=[cursor[1:] for cursor in walked.cursors],
            has_next_page=walked.has_more,
        )

    async def known_by(
        self, community_id: str, marks: Sequence[str], *, view: View
    ) -> list[Resident]:
        """See `Residents.known_by`.

        What does not count is left out here: a condition on `from_edition` would lead the store
        away from the index of marks.
        """
        found: dict[str, Document] = {}
        for at in range(0, len(marks), _MARKS_AT_ONCE):
            wanted = {"$in": list(marks[at : at + _MARKS_AT_ONCE])}
            # what is staged first: who is folded in between is then found in both, not in neither
            conditions: list[Document] = []
            if not view.is_settled:
                conditions.append({STAGED_FOR: view.edition, "staged.marks": wanted})
            conditions.append({"marks": wanted})
            for condition in conditions:
                there = await self.collection.find(
                    {"community_id": community_id, **condition}, fields=BESIDE_THE_STATE
                )
                found |= {each["_id"]: each for each in there if view.sees(each["from_edition"])}
        known = await self._aggregates(list(found.values()))
        asked = set(marks)
        as_it_counts = (each.effective(view.edition) for each in known)
        return [each for each in as_it_counts if not asked.isdisjoint(each.marks)]

    async def all_living(
        self, community_id: str, *, view: View, batch_size: int = 1000
    ) -> AsyncIterator[list[Resident]]:
        """See `Residents.all_living`."""
        after: Cursor | None = None
        while True:
            page = await self._living(
                self._outlines._aggregates, community_id, view=view, first=batch_size, after=after
            )
            yield page.items
            if not page.has_next_page:
                return
            after = page.cursors[-1]

    async def _living(
        self, read: Callable[[Sequence[Document]], Awaitable[list[Resident]]], community_id: str,
        *, view: View, first: int, after: Cursor | None, within: Within | None = None,
        mark: str | None = None,
    ) -> Page[Resident]:  # fmt: skip
        marked: Document = {} if mark is None else {"marks": mark}

        async def of_place(place: Estate | Building | None, wanted: int) -> Page[Resident]:
            staged = NOTHING
            if not view.is_settled:
                waiting = {
                    "community_id": community_id,
                    STAGED_FOR: view.edition,
                    **{f"staged.{name}": value for name, value in marked.items()},
                    _WAITS: inside(place),
                }
                staged = await walk(
                    self.collection,
                    waiting,
                    _WAITS,
                    first=wanted,
                    after=after,
                    keep=lambda it: is_in(it["staged"]["home"], place),
                )
            lying = await walk(
                self.collection,
                {"community_id": community_id, **marked, _LIES: inside(place)},
                _LIES,
                first=wanted,
                after=after,
                keep=lambda it: counts_as_it_lies(it, view) and is_in(it["home"], place),
            )
            walked = merged(staged, lying, first=wanted)
            found = await read(walked.documents)
            return Page(
                items=[each.effective(view.edition) for each in found],
                cursors=walked.cursors,
                has_next_page=walked.has_more,
            )

        return await in_each(within, of_place, first=first, after=after)

    async def _stagings(
        self, staged: Sequence[tuple[str, StagedResident]]
    ) -> list[tuple[str, Document]]:
        plain = await super()._stagings(staged)
        locked = await self._locks.encode_many(
            [{"person_key": self._identities.person_key(one), **state} for one, state in plain]
        )
        written = ("staged", ENCRYPTED_FOR)
        return [
            (one, {name: document[name] for name in written if name in document})
            for (one, _), document in zip(plain, locked, strict=True)
        ]


def _is_aged(document: Document, since: datetime) -> bool:
    """Whether an import wrote it since then; its marks were made on that day, before the moment."""
    return bool(document["from_edition"] > 0 and document["created_at"] >= since)

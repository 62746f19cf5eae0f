"""Write what a ledger says into the archive's next edition, which nobody sees yet."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from residents.application.archive.ports import (
    Buildings,
    Estates,
    Households,
    Identities,
    Residents,
    Today,
)
from residents.application.imports.ledger_people import LedgerPeople, PersonOfLedger
from residents.application.imports.ledger_places import LedgerPlaces
from residents.application.imports.ports import ImportJournal
from residents.application.ports import Now
from residents.domain.archive.marks import KeyedHash, Marks, marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import (
    EstateKind,
    Household,
    StagedEstate,
    StagedHousehold,
)
from residents.domain.archive.residents import Resident, StagedResident
from residents.domain.imports.batch import ImportBatch, Phase
from residents.domain.imports.comparison import Comparison
from residents.domain.imports.rows import Difference

_AT_ONCE = 1000
T = TypeVar("T")


@dataclass(frozen=True)
class LedgerWriting:
    """Every step may be repeated, whole or in part: the ids of a batch are always the same."""

    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    identities: Identities
    keyed_hash: KeyedHash
    today: Today
    now: Now

    async def write_places(self, places: LedgerPlaces, edition: int) -> None:
        """Add places that are new, and stage what is said otherwise of those that are there."""
        await self._add_estates(places, edition)
        await self.buildings.add_all([(building, ()) for building in places.buildings])
        for some in _slices(places.households(), _AT_ONCE):
            await self._add_households(places.community_id, some, edition)

    async def write_people(
        self,
        batch: ImportBatch,
        people: LedgerPeople,
        edition: int,
        journal: ImportJournal,
    ) -> None:
        """Add people who are new, and stage what is said otherwise of those who are there.

        While the store writes some, the next are looked up and encrypted.
        """
        done, total = 0, len(people.reading.people)
        written = asyncio.create_task(self._write(batch.community_id, [], {}))
        try:
            async for some in people.compared():
                new = [
                    self._new(batch, each, people.places, edition)
                    for each in some
                    if each.known is None
                ]
                staged = self._all_staged(some, people, edition)
                await written
                await journal.progress(Phase.WRITING, done, total)
                written = asyncio.create_task(self._write(batch.community_id, new, staged))
                done += len(some)
            await written
        finally:
            written.cancel()
            await asyncio.wait([written])

    async def _write(
        self,
        community_id: str,
        new: Sequence[Resident],
        staged: Mapping[str, StagedResident],
    ) -> None:
        if new:
            await self.residents.add_all([(each, (each.verified_event(),)) for each in new])
        if staged:
            await self.residents.stage_all(community_id, staged)

    def _all_staged(
        self, some: Sequence[PersonOfLedger], people: LedgerPeople, edition: int
    ) -> dict[str, StagedResident]:
        return {
            each.known.id: self._staged(each, each.known, each.comparison, people, edition)
            for each in some
            if each.known
            and each.comparison
            and each.comparison.difference is not Difference.UNCHANGED
        }

    def _new(
        self, batch: ImportBatch, person: PersonOfLedger, places: LedgerPlaces, edition: int
    ) -> Resident:
        resident_id = self.identities.imported_resident(batch.id, person.row.sheet, person.row.row)
        return Resident.verified(
            resident_id,
            community_id=batch.community_id,
            person_key=self.identities.person_key(resident_id),
            home=places.home(person.row.household, None),
            facts=person.facts,
            marks=self._marks(person.facts, person.identity_mark),
            from_edition=edition,
            at=self.now(),
        )

    def _staged(
        self,
        person: PersonOfLedger,
        known: Resident,
        comparison: Comparison,
        people: LedgerPeople,
        edition: int,
    ) -> StagedResident:
        as_of = people.reading.as_of
        marks = self._marks(comparison.facts, person.identity_mark or known.identity_mark)
        stays = known.home if comparison.difference is Difference.CHANGED else None
        return StagedResident(
            edition=edition,
            home=stays or people.places.home(person.row.household, as_of),
            facts=comparison.facts,
            marks=marks.search,
            facts_mark=marks.facts,
            identity_mark=marks.identity,
            moved_on=None if stays else as_of,
        )

    def _marks(self, facts: PersonFacts, identity: str | None) -> Marks:
        return marks_of(facts, identity=identity, today=self.today(), keyed_hash=self.keyed_hash)

    async def _add_estates(self, places: LedgerPlaces, edition: int) -> None:
        said = places.estates
        await self.estates.add_all([(estate, ()) for estate in said])
        found = await self.estates.get_many(places.community_id, [each.id for each in said])
        staged = {
            there.id: StagedEstate(edition, each.kind)
            for each, there in zip(said, found, strict=True)
            if there is not None
            and there.from_edition < edition
            and each.kind not in {EstateKind.UNKNOWN, there.effective(edition - 1).kind}
        }
        if staged:
            await self.estates.stage_all(places.community_id, staged)

    async def _add_households(
        self, community_id: str, said: Sequence[Household], edition: int
    ) -> None:
        at = self.now()
        new = [household.announced(at) for household in said]
        if await self.households.add_all(new) == len(new):
            return
        found = await self.households.get_many(community_id, [each.id for each in said])
        staged = {
            there.id: change
            for each, there in zip(said, found, strict=True)
            if there is not None
            and there.from_edition < edition
            and (change := _changed(there.effective(edition - 1), each, edition))
        }
        if staged:
            await self.households.stage_all(community_id, staged)


def _changed(there: Household, said: Household, edition: int) -> StagedHousehold | None:
    """What is said otherwise; an area that is not said stays."""
    area_cm2 = there.area_cm2 if said.area_cm2 is None else said.area_cm2
    if (there.area_cm2, there.vacant) == (area_cm2, said.vacant):
        return None
    return StagedHousehold(edition, area_cm2, said.vacant)


def _slices(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(items, size)):
        yield some

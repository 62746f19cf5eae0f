"""Write what a ledger says into the archive's next edition, which nobody sees yet."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from chassis.errors import TooMuchContention
from chassis.few_at_once import FewAtOnce

from residents.application.archive.ports import (
    Buildings,
    Estates,
    Households,
    Identities,
    PersonHolds,
    Residents,
    Stageable,
    Today,
)
from residents.application.imports.ledger_people import LedgerPeople, PersonOfLedger
from residents.application.imports.ledger_places import LedgerPlaces
from residents.application.imports.ledger_vacancy import LedgerVacancy
from residents.application.imports.ports import ImportJournal
from residents.application.ports import Now
from residents.domain.archive.editions import View
from residents.domain.archive.marks import KeyedHash, Marks, marks_of, person_marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import (
    Estate,
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
_WRITES_AT_ONCE = 2
"""Beside the looking up of the next: the store has a second core, the process has not."""
_ATTEMPTS = 10
S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True)
class LedgerWriting:
    """Every step may be repeated, whole or in part: the ids of a batch are always the same."""

    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    holds: PersonHolds
    identities: Identities
    keyed_hash: KeyedHash
    today: Today
    now: Now

    async def __call__(
        self,
        batch: ImportBatch,
        people: LedgerPeople,
        edition: int,
        journal: ImportJournal,
    ) -> None:
        """Add what is new, and stage what is said otherwise of the places and people there are.

        Then say which doors are vacant by those who will live behind them.

        While the store writes some thousands, doors or people, the next are made or looked up.
        Raises: TooMuchContention when others keep changing the same places or people.
        """
        inhabited: set[int] = set()
        async with FewAtOnce(_WRITES_AT_ONCE) as writes:
            await self._write_places(writes, people.places, edition)
            await self._write_people(writes, batch, people, edition, journal, inhabited)
        await LedgerVacancy(self.households, self.residents)(people, inhabited, edition)

    async def _write_places(self, writes: FewAtOnce, places: LedgerPlaces, edition: int) -> None:
        await self._add_estates(places, edition)
        await self.buildings.add_all([(building, ()) for building in places.buildings])
        for some in _slices(places.households(), _AT_ONCE):
            await writes.begin(self._add_households(places, some, edition))

    async def _write_people(
        self, writes: FewAtOnce, batch: ImportBatch, people: LedgerPeople, edition: int,
        journal: ImportJournal, inhabited: set[int],
    ) -> None:  # fmt: skip
        done, total = 0, len(people.reading.people)
        async for some in people.compared():
            words = self._words(batch, some, people, edition)
            inhabited.update(each.row.household for each in some if each.lives_as_said)
            await writes.begin(self._write(batch.community_id, words, edition, inhabited))
            await journal.progress(Phase.WRITING, done, total)
            done += len(some)

    async def _write(
        self, community_id: str, words: "_Words", edition: int, inhabited: set[int]
    ) -> None:
        if words.new:
            await self.residents.add_all(
                [(each, (each.verified_event(),)) for each in words.new], in_all=words.in_all
            )
        twice = [*words.known_since, *await self._entered_meanwhile(community_id, words.new)]
        if twice:
            await self.residents.withdraw(community_id, edition, twice)
        staged = words.staged
        for _ in range(_ATTEMPTS):
            missed = await _stage(self.residents, community_id, staged)
            if not missed:
                return
            inhabited.difference_update(words.households[each] for each in missed)
            staged = await self._still_said(community_id, words, missed)
        raise TooMuchContention

    async def _entered_meanwhile(self, community_id: str, new: Sequence[Resident]) -> list[str]:
        """Of those who are new, whom a hand entered since they were looked up; see holds."""
        if not new or not await self.holds.any_of(community_id):
            return []
        marks_of_new = {
            each.id: person_marks_of(each.facts, each.identity_mark, self.keyed_hash)
            for each in new
            if each.facts is not None
        }
        new_by_hold = {
            self.identities.hold(community_id, mark): each
            for each in new
            for mark in marks_of_new.get(each.id, ())
        }
        held = await self.holds.get_many(community_id, list(new_by_hold))
        doubtful = {new_by_hold[hold.id].id: new_by_hold[hold.id] for hold in held if hold}
        twice = []
        for each in doubtful.values():
            counting = await self.residents.known_by(
                community_id, marks_of_new[each.id], view=View(each.from_edition - 1)
            )
            if any(there.may_be(each.identity_mark) for there in counting):
                twice.append(each.id)
        return twice

    async def _still_said(
        self, community_id: str, words: "_Words", missed: AbstractSet[str]
    ) -> "_Staged":
        """What is said of those whom no hand changed; a hand knows better, as after the staging."""
        found = await self.residents.get_many(community_id, sorted(missed))
        return {
            there.id: (there.version, words.staged[there.id][1])
            for there in found
            if there is not None and _is_as_known(there, words.known[there.id])
        }

    def _words(
        self,
        batch: ImportBatch,
        some: Sequence[PersonOfLedger],
        people: LedgerPeople,
        edition: int,
    ) -> "_Words":
        new = [
            self._new(batch, each, people.places, edition) for each in some if each.known is None
        ]
        return _Words(
            in_all=len(people.reading.people),
            new=new,
            known_since=[
                self.identities.imported_resident(batch.id, each.row.sheet, each.row.row)
                for each in some
                if each.known
            ],
            known={each.known.id: each.known for each in some if each.known},
            households={each.known.id: each.row.household for each in some if each.known},
            staged=self._all_staged(some, people, edition),
        )

    def _all_staged(
        self, some: Sequence[PersonOfLedger], people: LedgerPeople, edition: int
    ) -> "_Staged":
        return {
            each.known.id: (
                each.known.version,
                self._staged(each, each.known, each.comparison, people, edition),
            )
            for each in some
            if each.known
            and each.comparison
            and each.comparison.difference is not Difference.UNCHANGED
        }

    def _new(
        self, batch: ImportBatch, person: PersonOfLedger, places: LedgerPlaces, edition: int
    ) -> Resident:
        resident_id = self.identities.imported_resident(batch.id, person.row.sheet, person.row.row)
        at = self.now()  # before the marks, whose day then is this one's or later: see `aged_since`
        return Resident.verified(
            resident_id,
            community_id=batch.community_id,
            person_key=self.identities.person_key(resident_id),
            home=places.home(person.row.household, None),
            facts=person.facts,
            marks=self._marks(person.facts, person.identity_mark),
            from_edition=edition,
            at=at,
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
        for _ in range(_ATTEMPTS):
            found = await self.estates.get_many(places.community_id, [each.id for each in said])
            staged = {
                there.id: (there.version, StagedEstate(edition, each.kind))
                for each, there in zip(said, found, strict=True)
                if there is not None
                and there.from_edition < edition
                and each.kind not in {EstateKind.UNKNOWN, there.kind}
            }
            missed = await _stage(self.estates, places.community_id, staged)
            if not missed:
                return
            said = await self._of_the_same_kind(places.community_id, said, found, missed)
        raise TooMuchContention

    async def _of_the_same_kind(
        self, community_id: str, said: Sequence[Estate], before: Sequence[Estate | None],
        missed: AbstractSet[str],
    ) -> list[Estate]:  # fmt: skip
        """Those of which no hand said another kind meanwhile."""
        now = await self.estates.get_many(community_id, [each.id for each in said])
        return [
            each
            for each, was, there in zip(said, before, now, strict=True)
            if each.id in missed and was and there and was.kind is there.kind
        ]

    async def _add_households(
        self, places: LedgerPlaces, said: Sequence[Household], edition: int
    ) -> None:
        at, community_id = self.now(), places.community_id
        new = [household.announced(at) for household in said]
        if await self.households.add_all(new, in_all=places.households_in_all) == len(new):
            return
        for _ in range(_ATTEMPTS):
            found = await self.households.get_many(community_id, [each.id for each in said])
            staged = {
                there.id: (there.version, change)
                for each, there in zip(said, found, strict=True)
                if there is not None
                and there.from_edition < edition
                and (change := _changed(there, each, edition))
            }
            missed = await _stage(self.households, community_id, staged)
            if not missed:
                return
            said = [each for each in said if each.id in missed]
        raise TooMuchContention


_Staged = Mapping[str, tuple[int, StagedResident]]


@dataclass(frozen=True)
class _Words:
    """What a file says of some people: who is new, who was known, and what of them is different.

    Attributes:
        in_all: how many people the file names.
        known_since: ids that a run before this one gave to who was not known yet.
        households: where the file says that who was known lives.
    """

    in_all: int
    new: Sequence[Resident]
    known_since: Sequence[str]
    known: Mapping[str, Resident]
    households: Mapping[str, int]
    staged: _Staged


def _is_as_known(there: Resident, known: Resident) -> bool:
    """Whether all that a file is compared with is as it was."""
    return (there.home, there.facts_mark, there.identity_mark) == (
        known.home,
        known.facts_mark,
        known.identity_mark,
    )


async def _stage(
    store: Stageable[S], community_id: str, staged: Mapping[str, tuple[int, S]]
) -> set[str]:
    """Returns: whom somebody changed meanwhile."""
    return set(await store.stage_all(community_id, staged)) if staged else set()


def _changed(there: Household, said: Household, edition: int) -> StagedHousehold | None:
    """What is said otherwise; an area that is not said stays."""
    area_cm2 = there.area_cm2 if said.area_cm2 is None else said.area_cm2
    if (there.area_cm2, there.vacant) == (area_cm2, said.vacant):
        return None
    return StagedHousehold(edition, area_cm2, said.vacant)


def _slices(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(items, size)):
        yield some

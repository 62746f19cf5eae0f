"""Enter somebody who lives in a household: new, or back after moving out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.archive.ports import Identities, Residents, Today
from residents.application.archive.reading import ArchiveReading
from residents.application.archive.recognise_person import RecognisePerson
from residents.application.ports import Now
from residents.domain.archive.errors import MoveInFuture, PersonAlreadyHere
from residents.domain.archive.events import ArchiveEvent
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import KeyedHash, Marks, marks_of, person_marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Who is entered, and where.

    Attributes:
        resident_id: derived from whoever asks and their request.
        identity: the mark of the identity number, where it is known.
        since: the first day in this home.
    """

    resident_id: str
    community_id: str
    household_id: str
    facts: PersonFacts
    identity: str | None = None
    since: date | None = None


@dataclass(frozen=True)
class EnterPerson:
    """Nobody is entered twice, not even by two at once."""

    reading: ArchiveReading
    residents: Residents
    recognise: RecognisePerson
    identities: Identities
    keyed_hash: KeyedHash
    today: Today
    now: Now

    async def __call__(self, person: NewPerson, *, request: Request) -> Resident:
        """Enter a person once; who moved out comes back under their old pseudonym.

        Raises: HouseholdNotFound; PersonAlreadyHere; MoveInFuture; MoveBeforeHome;
            RequestIdReused.
        Emits: resident.verified v1 for who is new, resident.moved v1 for who is back.
        """
        household = await self.reading.household(person.community_id, person.household_id)
        home = Home.at(
            household, since=person.since, entered_on=None if person.since else self.today()
        )
        marks = marks_of(
            person.facts, identity=person.identity, today=self.today(), keyed_hash=self.keyed_hash
        )
        person_marks = person_marks_of(person.facts, person.identity, self.keyed_hash)
        if person.since is not None and person.since > self.today():
            raise MoveInFuture
        who = person.community_id, person.resident_id, person_marks, person.identity
        (before,) = await self.residents.get_many(person.community_id, [person.resident_id])
        if before is not None:  # a repeat: whoever an import wrote beside them still has to go
            return await self._enter(who, person, home, marks, request)
        await self.recognise.hold(*who)
        # who lives here before who moved out
        others = await self.recognise.others(*who)
        known = min(others, key=lambda each: (not each.lives_here, each.id), default=None)
        if known is None:
            return await self._enter(who, person, home, marks, request)
        return await self._bring_back(known, person, home, marks, request)

    async def _enter(
        self,
        who: tuple[str, str, Sequence[str], str | None],
        person: NewPerson,
        home: Home,
        marks: Marks,
        request: Request,
    ) -> Resident:
        entered = await self._add(person, home, marks, request)
        await self.recognise.drop_coming(*who)
        return entered

    async def _add(self, person: NewPerson, home: Home, marks: Marks, request: Request) -> Resident:
        new = Resident.verified(
            person.resident_id,
            community_id=person.community_id,
            person_key=self.identities.person_key(person.resident_id),
            home=home,
            facts=person.facts,
            marks=marks,
            from_edition=0,
            at=self.now(),
        )
        return await self.residents.add(new, (new.verified_event(),), request=request)

    async def _bring_back(
        self, known: Resident, person: NewPerson, home: Home, marks: Marks, request: Request
    ) -> Resident:
        edition = await self.reading.edition(person.community_id)
        today, at = self.today(), self.now()

        def bring_back(before: Resident) -> tuple[Resident, Sequence[ArchiveEvent]]:
            if before.effective(edition).lives_here:
                raise PersonAlreadyHere(before.id)
            return before.return_home(
                home, person.facts, marks, edition=edition, today=today, at=at
            )

        return await self.residents.change(
            person.community_id, known.id, bring_back, request=request
        )

"""The people of a ledger beside those of the archive, some at a time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import msgspec

from residents.application.archive.ports import Residents
from residents.application.imports.ledger_places import LedgerPlaces
from residents.domain.archive.editions import View
from residents.domain.archive.marks import KeyedHash, identity_mark, same_person_mark
from residents.domain.archive.people import Gender, PersonFacts, coded_tags
from residents.domain.archive.residents import Resident
from residents.domain.imports.comparison import Acquaintances, Comparison, compare
from residents.domain.imports.rows import Difference
from residents.domain.ledger.entries import LedgerPerson
from residents.domain.ledger.reading import LedgerReading

PEOPLE_AT_ONCE = 1000


class PersonOfLedger(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a ledger.

    Attributes:
        known: who this is in the archive; None for somebody new.
        comparison: with whom is known; None for somebody new.
        lives_as_said: whether they will be at home where the row says.
    """

    row: LedgerPerson
    facts: PersonFacts
    identity_mark: str | None
    known: Resident | None
    comparison: Comparison | None
    lives_as_said: bool


@dataclass(frozen=True)
class LedgerPeople:
    """Compares a ledger with what the archive says, a thousand rows a query.

    Attributes:
        met: the ids of those in the archive whom the ledger names, as far as it was read.
    """

    residents: Residents
    keyed_hash: KeyedHash
    community_id: str
    view: View
    reading: LedgerReading
    places: LedgerPlaces
    met: set[str]

    async def compared(self) -> AsyncIterator[list[PersonOfLedger]]:
        """Everybody in the ledger, in its order."""
        tagged = {each.sheet for each in self.reading.people if each.tags}
        people = self.reading.people
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            rows = people[start : start + PEOPLE_AT_ONCE]
            yield await self._compared(rows, tagged)

    async def _compared(
        self, rows: Sequence[LedgerPerson], tagged: set[str]
    ) -> list[PersonOfLedger]:
        identities = [self._identity_mark(row) for row in rows]
        namesakes = [self._same_person_mark(row) for row in rows]
        marks = [mark for mark in (*identities, *namesakes) if mark]
        known = (
            []
            if self.view.is_empty
            else await self.residents.known_by(self.community_id, marks, view=self.view)
        )
        acquaintances = Acquaintances(known, self.met)
        return [
            self._person(row, identity, acquaintances.meet(identity, namesake), tagged)
            for row, identity, namesake in zip(rows, identities, namesakes, strict=True)
        ]

    def _person(
        self, row: LedgerPerson, identity: str | None, known: Resident | None, tagged: set[str]
    ) -> PersonOfLedger:
        facts = facts_of(row)
        comparison, lives_as_said = None, True
        if known is not None:
            household_id = self.places.home(row.household, None).household_id
            comparison = compare(
                known,
                facts,
                edition=self.places.edition,
                household_id=household_id,
                as_of=self.reading.as_of,
                says_tags=row.sheet in tagged,
            )
            lives_as_said = comparison.difference is Difference.MOVED or (
                known.home is not None and known.home.household_id == household_id
            )
        return PersonOfLedger(
            row=row,
            facts=facts,
            identity_mark=identity,
            known=known,
            comparison=comparison,
            lives_as_said=lives_as_said,
        )

    def _identity_mark(self, row: LedgerPerson) -> str | None:
        if row.identity_number is None:
            return None
        return identity_mark(row.identity_number, self.keyed_hash)

    def _same_person_mark(self, row: LedgerPerson) -> str | None:
        if row.birth_date is None:
            return None
        return same_person_mark(row.name, row.birth_date, self.keyed_hash)


def facts_of(row: LedgerPerson) -> PersonFacts:
    """What a row says of a person, as the archive keeps it; the identity number is not kept."""
    return PersonFacts(
        name=row.name,
        phone=row.phone,
        birth_date=row.birth_date,
        gender=Gender(row.gender) if row.gender else None,
        relation=row.relation,
        tags=coded_tags(row.tags),
    )

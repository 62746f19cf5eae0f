"""Whether somebody was in the ledger before.

Two rows are of the same person if their identity numbers are equal, or if name and birth date
are, unless two identity numbers or two genders tell the two apart. Where no birth date is known
a name is the same person only within one household. Only rows that were taken over count: a row
whose first appearance was refused repeats nothing.
"""

from residents.domain.ledger.entries import LedgerPerson


class KnownPeople:
    """The people read so far; it keeps a number for each, and the people themselves once."""

    def __init__(self, people: list[LedgerPerson]) -> None:
        self._people = people
        self._identity_numbers: set[str] = set()
        self._first: dict[int, int] = {}
        self._namesakes: dict[int, list[int]] = {}

    def include(self, person: LedgerPerson) -> bool:
        """Whether this person is among those before."""
        if person.identity_number is not None and person.identity_number in self._identity_numbers:
            return True
        key = _key(person)
        first = self._first.get(key)
        if first is None:
            return False
        return any(
            _are_the_same(person, self._people[at]) for at in (first, *self._namesakes.get(key, ()))
        )

    def add(self, person: LedgerPerson) -> None:
        """Take somebody over who was not there before."""
        at, key = len(self._people), _key(person)
        self._people.append(person)
        if person.identity_number is not None:
            self._identity_numbers.add(person.identity_number)
        if self._first.setdefault(key, at) != at:
            self._namesakes.setdefault(key, []).append(at)


def _key(person: LedgerPerson) -> int:
    """A number that is equal for equal people, and nearly always for them alone."""
    return hash((person.name, person.birth_date or person.household))


def _are_the_same(one: LedgerPerson, other: LedgerPerson) -> bool:
    if one.name != other.name or one.birth_date != other.birth_date:
        return False
    if one.birth_date is None and one.household != other.household:
        return False
    return not (
        _differ(one.identity_number, other.identity_number) or _differ(one.gender, other.gender)
    )


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other

"""A person out of a row."""

from collections.abc import Iterator, Set
from datetime import date
from sys import intern

from residents.domain.ledger.birth_dates import birth_date_of
from residents.domain.ledger.cells import Cell, compact, is_empty, is_formula_error, says_nothing
from residents.domain.ledger.entries import LedgerPerson
from residents.domain.ledger.faults import Fault, RowRefused
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.headers import Columns
from residents.domain.ledger.identity_numbers import birth_date_in, identity_number_of, is_mans
from residents.domain.ledger.people import (
    gender_of,
    is_ticked,
    name_of,
    relation_of,
    says_vacant,
    tags_of,
)
from residents.domain.ledger.phones import phone_of
from residents.domain.ledger.totals import says_total

_DESCRIBING = (
    Field.RELATION,
    Field.GENDER,
    Field.BIRTH_DATE,
    Field.IDENTITY_NUMBER,
    Field.PHONE,
)


class PersonColumns:
    """Where a sheet tells of people. A cell without a column is the last of a row: empty."""

    def __init__(self, columns: Columns, vacancy_words: Set[str] = frozenset()) -> None:
        self._vacancy_words = vacancy_words

        def at(field: Field) -> int:
            return columns.of.get(field, -1)

        self._name, self._gender, self._relation = (
            at(Field.NAME),
            at(Field.GENDER),
            at(Field.RELATION),
        )
        self._birth_date, self._identity_number = at(Field.BIRTH_DATE), at(Field.IDENTITY_NUMBER)
        self._phone, self._tags, self._state = at(Field.PHONE), at(Field.TAGS), at(Field.STATE)
        self._ticks = tuple(columns.ticks)
        self._describing = tuple(at(field) for field in _DESCRIBING)
        self._all = (*self._describing, self._name, self._tags)

    def name_cell(self, cells: list[Cell]) -> Cell:
        """What stands where the name should."""
        return cells[self._name]

    def describe(self, cells: list[Cell]) -> bool:
        """Whether anything but a name is said of a person."""
        return any(not is_empty(cells[at]) for at in self._describing)

    def describe_somebody(self, cells: list[Cell]) -> bool:
        """Whether a row tells of a certain person: by a birth date or an identity number."""
        born = cells[self._birth_date]
        is_born = not is_empty(born) and not is_formula_error(born)
        return is_born or not says_nothing(cells[self._identity_number])

    def tell_of_somebody(self, cells: list[Cell]) -> bool:
        """Whether a row is plainly of a person, whatever word stands in another of its cells."""
        name = cells[self._name]
        is_total = isinstance(name, str) and says_total(name)
        return not is_total and self.name_is_readable(cells) and self.describe_somebody(cells)

    def name_is_readable(self, cells: list[Cell]) -> bool:
        """Whether the name could be one, and not a remark that happens to stand there."""
        try:
            return name_of(cells[self._name]) is not None
        except RowRefused:
            return False

    def say_vacant(self, cells: list[Cell]) -> bool:
        """Whether a row says that nobody lives there: as a name, a relation or a state."""
        name, state = cells[self._name], cells[self._state]
        if isinstance(name, str) and (says_vacant(name) or compact(name) in self._vacancy_words):
            return True
        words = (state, cells[self._relation]) if says_nothing(name) else (state,)
        return any(isinstance(word, str) and says_vacant(word) for word in words)

    def relation(self, cells: list[Cell]) -> str | None:
        """The relation to the head of the household."""
        return relation_of(cells[self._relation])

    def hold_formula_error(self, cells: list[Cell]) -> bool:
        """Whether a formula came to nothing in what is said of the person."""
        return any(is_formula_error(cells[at]) for at in self._all)

    def person(
        self, sheet: str, row: int, household: int, cells: list[Cell], latest: date
    ) -> LedgerPerson:
        """The person of a row. Of several faults the first is told, from left to right here.

        Raises: RowRefused (NAME_MISSING, NAME_INVALID, BIRTH_DATE_INVALID,
            IDENTITY_NUMBER_INVALID, PHONE_INVALID).
        """
        name = name_of(cells[self._name])
        if name is None:
            raise RowRefused(Fault.NAME_MISSING, "缺少姓名。")
        birth_date = birth_date_of(self._birth_date_cell(cells), latest=latest)
        number = identity_number_of(cells[self._identity_number])
        gender = gender_of(cells[self._gender])
        if number is not None:
            birth_date = _birth_date_by(number, latest) or birth_date
            gender = "MALE" if is_mans(number) else "FEMALE"
        return LedgerPerson(
            sheet=sheet,
            row=row,
            household=household,
            name=intern(name),
            phone=phone_of(cells[self._phone]),
            birth_date=birth_date,
            gender=gender,
            relation=relation_of(cells[self._relation]),
            tags=self._tags_of(cells),
            identity_number=number,
        )

    def _birth_date_cell(self, cells: list[Cell]) -> Cell:
        """A formula that failed to take the day out of the identity number is not missed."""
        cell, number = cells[self._birth_date], cells[self._identity_number]
        is_told = is_formula_error(cell) and not (says_nothing(number) or is_formula_error(number))
        return None if is_told else cell

    def _tags_of(self, cells: list[Cell]) -> tuple[str, ...]:
        tags = tags_of(cells[self._tags])
        if not self._ticks:
            return tags
        return tuple(dict.fromkeys((*tags, *self._ticked(cells))))

    def _ticked(self, cells: list[Cell]) -> Iterator[str]:
        return (tag for at, tag in self._ticks if at < len(cells) and is_ticked(cells[at]))


def _birth_date_by(identity_number: str, latest: date) -> date | None:
    return birth_date_of(birth_date_in(identity_number), latest=latest)

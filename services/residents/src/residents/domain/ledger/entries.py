"""What is read out of a ledger."""

from datetime import date

import msgspec

from residents.domain.ledger.faults import Fault
from residents.domain.ledger.header_words import Field


class LedgerEstate(msgspec.Struct, frozen=True, gc=False):
    """An estate, by the name in the ledger; `is_old` is None where no line says it."""

    name: str
    is_old: bool | None


class LedgerHousehold(msgspec.Struct, frozen=True, gc=False):
    """A home, where its door was first seen.

    Attributes:
        estate: the name of its estate.
        unit: None where the building has none.
        area_cm2: the first area that a row of it says.
        is_vacant: nobody is said to live there, not even in a refused row.
    """

    sheet: str
    row: int
    estate: str
    building: str
    unit: str | None
    room: str
    area_cm2: int | None
    is_vacant: bool


class LedgerPerson(msgspec.Struct, frozen=True, gc=False):
    """Somebody who lives in a household.

    Attributes:
        household: the place of their household among the reading's households.
        gender: "MALE", "FEMALE" or None; of an identity number where there is one.
        birth_date: of the identity number where there is one: that has a check digit.
        tags: in zh-CN: 党员, 独居, 低保, 残疾, 退役军人, others as they are written.
        identity_number: 18 characters.
    """

    sheet: str
    row: int
    household: int
    name: str
    phone: str | None
    birth_date: date | None
    gender: str | None
    relation: str | None
    tags: tuple[str, ...]
    identity_number: str | None


class RefusedRow(msgspec.Struct, frozen=True):
    """A row whose person is not taken over; `reason` is a sentence in zh-CN without its data."""

    sheet: str
    row: int
    code: Fault
    reason: str


class UnplacedHome(msgspec.Struct, frozen=True):
    """A home whose door could not be read: it counts, and nobody can be put into it."""

    sheet: str
    row: int
    estate: str
    area_cm2: int | None
    is_vacant: bool


class SkippedSheet(msgspec.Struct, frozen=True):
    """A sheet of which no row was taken, and why, in zh-CN."""

    sheet: str
    reason: str


class InferredColumn(msgspec.Struct, frozen=True):
    """A column under a word that nobody knows, taken for what it holds."""

    sheet: str
    header: str
    field: Field

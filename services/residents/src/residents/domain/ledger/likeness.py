"""Whether a row without a header looks like one of people."""

from residents.domain.ledger.cells import Cell, is_empty
from residents.domain.ledger.doors import door_of
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.identity_numbers import identity_number_of
from residents.domain.ledger.phones import phone_of

_CELLS_OF_A_PERSON = 3


def looks_like_people(cells: list[Cell]) -> bool:
    """Whether it has several cells, and in one a phone, an identity number or a whole door."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return len(filled) >= _CELLS_OF_A_PERSON and any(map(_is_of_a_person, filled))


def _is_of_a_person(cell: Cell) -> bool:
    return _is_read_by_identity(cell) or _is_read_by_phone(cell) or _is_a_whole_door(cell)


def _is_read_by_identity(cell: Cell) -> bool:
    try:
        return isinstance(cell, str) and identity_number_of(cell) is not None
    except RowRefused:
        return False


def _is_read_by_phone(cell: Cell) -> bool:
    try:
        return (phone_of(cell) or "").startswith("1")
    except RowRefused:
        return False


def _is_a_whole_door(cell: Cell) -> bool:
    try:
        door = door_of(cell) if isinstance(cell, str) else None
    except RowRefused:
        return False
    return door is not None and door.unit is not None

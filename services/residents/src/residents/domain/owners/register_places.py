"""Which dwelling a row of a register is about."""

from typing import NamedTuple

from residents.domain.ledger.cells import Cell
from residents.domain.ledger.door_columns import DoorColumns
from residents.domain.ledger.doors import Door, unreadable
from residents.domain.ledger.estates import estate_of_cell
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.sheet_head import SheetHead
from residents.domain.owners.register_columns import RegisterColumns


class Place(NamedTuple):
    """A dwelling as the file names it."""

    estate: str
    door: Door


class Unplaced(NamedTuple):
    """Why a row is of no dwelling."""

    code: str
    reason: str


class Places:
    """Follows the rows under one header: a row without a door goes on from the row above."""

    def __init__(self, columns: RegisterColumns, head: SheetHead) -> None:
        self._columns = columns
        self._head = head
        self._doors = DoorColumns(columns.place)
        self._estate_above: str | None = None
        self._above: Place | Unplaced | None = None

    def forget(self) -> None:
        """What comes next does not go on from above."""
        self._above = self._estate_above = None
        self._doors.forget()

    def of_row(self, cells: list[Cell]) -> Place | Unplaced:
        """The dwelling of the next row, or why there is none."""
        said = estate_of_cell(self._columns.cell_of_estate(cells))
        estate = said or self._estate_above or self._head.estate
        self._estate_above = said or self._estate_above
        try:
            door = self._doors.door_in(cells, estate)
        except RowRefused as refused:
            self._above = Unplaced(refused.fault, refused.reason)
            return self._above
        if door is not None:
            self._above = Place(estate, door)
        return self._above or _without_a_door()


def _without_a_door() -> Unplaced:
    refused = unreadable()
    return Unplaced(refused.fault, refused.reason)

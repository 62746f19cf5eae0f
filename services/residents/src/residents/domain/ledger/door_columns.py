"""A door out of a row: from one column, or from those of building, unit and room."""

from residents.domain.ledger.cells import Cell, compact, folded, says_nothing
from residents.domain.ledger.doors import Door, door_of, unreadable
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.headers import Columns

_AS_ABOVE = frozenset(("同上", "同前", "同户主", "〃", "″", "′′", '"', "''", "”", "“"))
_LONGEST_DITTO = 5


class DoorColumns:
    """Where the doors of a sheet are; a blank building or unit goes on from the row above."""

    def __init__(self, columns: Columns) -> None:
        of = columns.of
        self._is_split = Field.BUILDING in of and Field.ROOM in of
        self._whole = of.get(Field.DOOR, of.get(Field.ROOM, -1))
        self._building = of.get(Field.BUILDING, -1)
        self._unit = of.get(Field.UNIT, -1)
        self._room = of.get(Field.ROOM, -1)
        self.forget()

    def forget(self) -> None:
        """Nothing goes on from the row above."""
        self._building_above = self._unit_above = ""

    def door_in(self, cells: list[Cell], estate: str) -> Door | None:
        """The door of a row; None if it says none. Raises: RowRefused (DOOR_UNREADABLE)."""
        if not self._is_split:
            whole = cells[self._whole]
            return None if _says_as_above(whole) else door_of(whole, estate=estate)
        return self._of_parts(
            _place(cells[self._building]),
            _unit(cells[self._unit]),
            _place(cells[self._room]),
            estate,
        )

    def text_in(self, cells: list[Cell]) -> str:
        """What a row says of its door, folded."""
        if not self._is_split:
            return folded(cells[self._whole])
        return "".join(folded(cells[at]) for at in (self._building, self._unit, self._room))

    def _of_parts(self, building: str, unit: str, room: str, estate: str) -> Door | None:
        if not (building or unit or room):
            return None
        if (whole := _whole_door(room, estate)) is not None:
            return whole
        if not building:
            building, unit = self._building_above, unit or self._unit_above
        goes_on = building == self._building_above and unit in ("", self._unit_above)
        if not room and goes_on:
            return None
        self._building_above, self._unit_above = building, unit
        if not (building and room):
            raise unreadable()
        return door_of("-".join(filter(None, (building, unit, room))), estate=estate)


def _says_as_above(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_DITTO and compact(cell) in _AS_ABOVE


def _place(cell: Cell) -> str:
    """A building or a room; whatever stands for "not known" is neither, and no blank."""
    return "" if _says_as_above(cell) else folded(cell)


def _unit(cell: Cell) -> str:
    """A unit, which a building may lack: a stroke or 无 is a blank."""
    return "" if says_nothing(cell) else folded(cell)


def _whole_door(room: str, estate: str) -> Door | None:
    """The door that stands in the column of rooms, if that names building and unit as well."""
    try:
        door = door_of(room, estate=estate)
    except RowRefused:
        return None
    return door if door is not None and door.unit is not None else None

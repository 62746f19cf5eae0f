"""The rows under one header: homes, and who lives in them."""

import re

from residents.domain.ledger.areas import area_cm2_of
from residents.domain.ledger.cells import Cell, folded, is_empty, is_formula_error, says_nothing
from residents.domain.ledger.door_columns import DoorColumns
from residents.domain.ledger.estates import estate_of_cell, is_old_kind
from residents.domain.ledger.faults import Fault, RowRefused
from residents.domain.ledger.gathering import Gathering
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.headers import Columns
from residents.domain.ledger.home_placing import HomePlacing, RowOfHome
from residents.domain.ledger.people import is_head
from residents.domain.ledger.person_columns import PersonColumns
from residents.domain.ledger.sheet_head import SheetHead
from residents.domain.ledger.totals import is_count, is_total

_LABEL = re.compile(":|日期|截[至止]|填表|制表|审核")
"""As in 审核人：…; no name and no door contains any of it."""


class RowReading:
    """Reads rows as wide as the header, and an empty cell behind for columns that are missing."""

    def __init__(self, sheet: str, columns: Columns, head: SheetHead, into: Gathering) -> None:
        self._sheet = sheet
        self._head = head
        self._into = into
        self._doors = DoorColumns(columns)
        self._people = PersonColumns(columns, into.vacancy_words)
        self._homes = HomePlacing(sheet, into)
        self._area = columns.of.get(Field.AREA, -1)
        self._estate_column = columns.of.get(Field.ESTATE, -1)
        self._kind_column = columns.of.get(Field.ESTATE_KIND, -1)
        self._estate_above: str | None = None

    def forget(self) -> None:
        """What comes next does not go on from above: a total has closed it."""
        self._homes.forget()
        self._doors.forget()

    def counts_others(self, cells: list[Cell]) -> bool:
        """Whether a row is a total: it says so, or has a number for a name and no door."""
        if is_total(cells):
            return not self._people.tell_of_somebody(cells)
        name = self._people.name_cell(cells)
        if not (is_count(name) or is_formula_error(name)) or self._people.describe(cells):
            return False
        return not self._door_is_readable(cells)

    def read(self, row: int, cells: list[Cell]) -> None:
        """Take one row: somebody, a vacant home, or a line that is neither."""
        is_vacant = self._people.say_vacant(cells)
        describes = self._people.describe(cells)
        is_named = not is_vacant and not says_nothing(self._people.name_cell(cells))
        if not is_vacant and self._is_a_line(cells, is_named=is_named, describes=describes):
            self._head.hear(cells)
            return
        try:
            self._take(row, cells, is_vacant=is_vacant or not (is_named or describes))
        except RowRefused as refusal:
            self._into.refuse(self._sheet, row, self._told(refusal, cells))

    def _take(self, row: int, cells: list[Cell], *, is_vacant: bool) -> None:
        area_cm2, area_refusal = self._area_in(cells)
        relation = self._people.relation(cells)
        home = RowOfHome(
            row=row,
            estate=self._estate_of(cells),
            area_cm2=area_cm2,
            is_vacant=is_vacant,
            is_member=relation is not None and not is_head(relation),
            is_head=is_head(relation),
        )
        try:
            door = self._doors.door_in(cells, home.estate)
        except RowRefused:
            self._homes.lose(home)
            raise
        household = self._homes.place(home, door)
        if area_refusal is not None:
            raise area_refusal
        if not is_vacant:
            self._into.add_person(
                self._people.person(
                    self._sheet, row, household, cells, self._into.latest_birth_date
                )
            )
        elif self._people.describe_somebody(cells):
            raise RowRefused(
                Fault.PERSON_IN_VACANT_HOME, "本行标为空置，却登记了人员信息，请核对。"
            )

    def _area_in(self, cells: list[Cell]) -> tuple[int | None, RowRefused | None]:
        """An area that cannot be read is told only once its home is placed."""
        try:
            return area_cm2_of(cells[self._area]), None
        except RowRefused as refusal:
            return None, refusal

    def _is_a_line(self, cells: list[Cell], *, is_named: bool, describes: bool) -> bool:
        """Whether a row is of nobody: a remark, a title, who filled in the sheet."""
        if is_named and self._people.name_is_readable(cells):
            return False
        if describes:
            said = (folded(self._people.name_cell(cells)), self._doors.text_in(cells))
            return any(map(_LABEL.search, said))
        return not self._names_a_door(cells)

    def _names_a_door(self, cells: list[Cell]) -> bool:
        """Whether a row that tells of nobody is of a home: it has a door, and not as a remark."""
        try:
            return self._doors.door_in(cells, self._head.estate) is not None
        except RowRefused:
            filled = sum(not is_empty(cell) for cell in cells)
            return filled > 1 and _LABEL.search(self._doors.text_in(cells)) is None

    def _door_is_readable(self, cells: list[Cell]) -> bool:
        try:
            return self._doors.door_in(cells, self._head.estate) is not None
        except RowRefused:
            return False

    def _estate_of(self, cells: list[Cell]) -> str:
        """The estate of a row: of its column, of the row above, of the sheet."""
        said = estate_of_cell(cells[self._estate_column])
        if said is not None:
            self._estate_above = said
        kind = cells[self._kind_column]
        is_old = None if is_empty(kind) else is_old_kind(str(kind))
        return self._into.estate(
            self._estate_above or self._head.estate,
            is_old=self._head.is_old if is_old is None else is_old,
        )

    def _told(self, refusal: RowRefused, cells: list[Cell]) -> RowRefused:
        """A formula that came to nothing is the reason for what it left unreadable."""
        if refusal.fault is Fault.PERSON_REPEATED:
            return refusal
        if (
            self._people.hold_formula_error(cells)
            or is_formula_error(cells[self._area])
            or is_formula_error(self._doors.text_in(cells))
        ):
            return RowRefused(Fault.FORMULA_ERROR, "本行公式计算出错，请改为实际内容。")
        return refusal

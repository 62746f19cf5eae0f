"""Writes planted people into a workbook the way one committee or another keeps its ledger."""

import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from residents.domain.ledger.cells import Cell
from xlsxwriter.worksheet import Worksheet

from .planted_people import Estate, Home, Planted
from .writing_styles import AREA_STYLES, DATE_STYLES, DOOR_STYLES, MOBILE_STYLES

DATE_FORMAT = {"num_format": "yyyy/m/d"}


@dataclass
class Keeping:
    """How one committee keeps its ledger.

    Attributes:
        headers: column after column, what it is about and the words over it; "" is a column that
            is nobody's. A tuple of two words is a header of two rows.
        lines: over the header of an estate.
        goes_on: what stands in the door of who lives in the home above: "merged", "blank" or
            "again".
    """

    headers: list[tuple[str, str | tuple[str, str]]]
    lines: Callable[[Estate], list[str]]
    sheet: Callable[[Estate], str]
    seed: int
    goes_on: tuple[str, ...] = ("merged", "again", "blank")
    door_styles: tuple[str, ...] = tuple(DOOR_STYLES)
    hidden: tuple[str, ...] = ()
    vacant: tuple[str, ...] = ("空置",)
    subtotal: str = "小 计"
    total: str = "合　计"
    header_again_after: int = 0
    before: dict[str, list[str]] = field(default_factory=dict)
    first_row: int = 0
    first_column: int = 0


class PlantedLedger:
    """A workbook under way. `bad_rows` are the rows in which faults were written."""

    def __init__(self, keeping: Keeping) -> None:
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._dates = self._book.add_format(DATE_FORMAT)
        self._keeping = keeping
        self._random = random.Random(keeping.seed)  # noqa: S311
        self._sheets: dict[str, Worksheet] = {}
        self._next_row: dict[str, int] = {}
        self.bad_rows: list[tuple[str, int, str]] = []
        self._serial = 0

    def write(self, estates: list[Estate]) -> bytes:
        for name, lines in self._keeping.before.items():
            self._book.add_worksheet(name).write_column(0, 0, lines)
        for estate in estates:
            self._write_estate(estate)
        self._book.close()
        return self._file.getvalue()

    def _write_estate(self, estate: Estate) -> None:
        name = self._keeping.sheet(estate)
        if name not in self._sheets:
            self._sheets[name] = self._book.add_worksheet(name)
            self._next_row[name] = self._keeping.first_row
            for about in self._keeping.hidden:
                at = self._column_of(about)
                self._sheets[name].set_column(at, at, None, None, {"hidden": True})
            for line in self._keeping.lines(estate):
                self._put(name, {0: line})
            self._write_header(name)
        building = estate.homes[0].building
        written = 0
        for home in estate.homes:
            if home.building != building:
                building = home.building
                self._put(name, {0: self._keeping.subtotal, 4: f"{written}人"})
                self._next_row[name] += 1
            written += len(home.people)
            self._write_home(name, estate, home)
            again = self._keeping.header_again_after
            if again and self._next_row[name] % again == 0:
                self._write_header(name)
        self._put(name, {0: self._keeping.total, 4: f"{written}人"})

    def _write_header(self, sheet: str) -> None:
        words = [word for _, word in self._keeping.headers]
        upper = {at: w if isinstance(w, str) else w[0] for at, w in enumerate(words)}
        self._put(sheet, upper)
        if any(isinstance(word, tuple) for word in words):
            self._put(sheet, {at: w[1] for at, w in enumerate(words) if isinstance(w, tuple)})

    def _write_home(self, sheet: str, estate: Estate, home: Home) -> None:
        goes_on = self._random.choice(self._keeping.goes_on)
        if any(person.fault == "DOOR_UNREADABLE" for person in home.people):
            goes_on = "again"
        first_row = self._next_row[sheet]
        door = self._door_cells(home)
        people: tuple[Planted | None, ...] = home.people or (None,)
        for at, person in enumerate(people):
            cells = dict(door) if at == 0 or goes_on == "again" else {}
            cells |= self._cells_of(estate, home, person, is_first=at == 0)
            if person is not None and person.fault is not None:
                self.bad_rows.append((sheet, self._next_row[sheet] + 1, person.fault))
                if person.fault == "DOOR_UNREADABLE":
                    cells |= self._unreadable_door()
            self._put(sheet, {self._column_of(a): c for a, c in cells.items() if self._has(a)})
        if goes_on == "merged" and len(people) > 1:
            for about, cell in door.items():
                self._merge(sheet, first_row, self._next_row[sheet] - 1, about, cell)

    def _door_cells(self, home: Home) -> dict[str, Cell]:
        door = (home.building, home.unit, home.room)
        if self._has("door"):
            style = self._random.choice(self._keeping.door_styles)
            return {"door": DOOR_STYLES[style](door)}
        number = int if self._random.random() < 0.5 and home.building.isdigit() else str
        building, unit, room = door
        if number is int:
            return {"building": int(building), "unit": int(unit), "room": int(room)}
        return {"building": f"{building}号楼", "unit": f"{unit}单元", "room": f"{room}室"}

    def _unreadable_door(self) -> dict[str, Cell]:
        bad = self._random.choice(("西头平房", "车库", "楼顶", "门卫旁"))
        return {"door": bad} if self._has("door") else {"room": bad}

    def _cells_of(
        self, estate: Estate, home: Home, person: Planted | None, *, is_first: bool
    ) -> dict[str, Cell]:
        self._serial += 1
        cells: dict[str, Cell] = {"serial": self._serial, "estate": estate.name}
        cells["kind"] = "老旧小区" if estate.is_old else "商品房小区"
        if is_first:
            style = self._random.choice(sorted(AREA_STYLES))
            cells["area"] = AREA_STYLES[style](home.area)
        if person is None:
            return cells | self._vacant_cells()
        cells["state"] = "自住"
        return cells | self._person_cells(person)

    def _vacant_cells(self) -> dict[str, Cell]:
        word = self._random.choice(self._keeping.vacant)
        return {"state": word} if self._has("state") else {"name": word}

    def _person_cells(self, person: Planted) -> dict[str, Cell]:
        name = person.name
        if len(name) == 2 and self._random.random() < 0.3:
            name = f"{name[0]} {name[1]}"
        return {
            "name": f"{name} " if self._random.random() < 0.1 else name,
            "gender": "男" if person.is_man else "女",
            "relation": person.relation,
            "tags": self._random.choice("、,， /；").join(person.tags) or None,
            "birth date": self._birth_date_cell(person),
            "identity number": self._identity_number_cell(person),
            "phone": self._phone_cell(person),
            "remark": "合计两处住房" if self._random.random() < 0.02 else None,
        }

    def _birth_date_cell(self, person: Planted) -> Cell:
        if person.fault == "BIRTH_DATE_INVALID":
            return self._random.choice(("1956.13.20", "1961年2月30日", "19580931", "1970-00-10"))
        return DATE_STYLES[self._random.choice(sorted(DATE_STYLES))](person.born)

    def _identity_number_cell(self, person: Planted) -> Cell:
        number = person.identity_number
        if number is None:
            return None
        if person.fault == "IDENTITY_NUMBER_INVALID":
            wrong = "0" if number[17] != "0" else "1"
            return self._random.choice((number[:17] + wrong, number[:17], int(number[:17] + "0")))
        return number.lower() if self._random.random() < 0.2 else number

    def _phone_cell(self, person: Planted) -> Cell:
        if person.fault == "PHONE_INVALID" and person.phone is not None:
            bad = person.phone[:10]
            return self._random.choice((bad, int(bad), f"{person.phone}3"))
        if person.phone is None:
            return self._random.choice((None, "无", "/", "没有", "—"))
        return MOBILE_STYLES[self._random.choice(sorted(MOBILE_STYLES))](person.phone)

    def _has(self, about: str) -> bool:
        return any(known == about for known, _ in self._keeping.headers)

    def _column_of(self, about: str) -> int:
        return next(at for at, (known, _) in enumerate(self._keeping.headers) if known == about)

    def _put(self, sheet: str, cells: Mapping[int, Cell]) -> None:
        row = self._next_row[sheet]
        for at, cell in cells.items():
            self._put_cell(self._sheets[sheet], row, at + self._keeping.first_column, cell)
        self._next_row[sheet] += 1

    def _put_cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._dates)
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)

    def _merge(self, sheet: str, first_row: int, last_row: int, about: str, cell: Cell) -> None:
        column = self._column_of(about) + self._keeping.first_column
        self._sheets[sheet].merge_range(first_row, column, last_row, column, cell)


def shuffled(headers: list[tuple[str, str]], seed: int) -> Iterator[tuple[str, str]]:
    """The same columns in another order."""
    order = list(headers)
    random.Random(seed).shuffle(order)  # noqa: S311
    return iter(order)

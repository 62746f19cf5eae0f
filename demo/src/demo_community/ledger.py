"""The resident ledger as a committee keeps it, and what is true of it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

from demo_community.handwriting import Cell, Handwriting
from demo_community.layouts import Column, Layout, layout_of
from demo_community.model import Building, Dwelling, Mistake, Person
from demo_community.plan import EstatePlan
from demo_community.truth import LedgerTruth
from demo_community.workbook import Book, Sheet, book_at

Filled = Iterable[tuple[EstatePlan, Iterable[Building]]]
_VACANT = "空置"
_KEEPERS = ("陈佳", "宋文博", "梁敏", "许晓燕", "郑浩", "冯静")


def write_ledger(path: Path, estates: Filled, *, as_of: date, seed: int) -> LedgerTruth:
    """Write the workbook, building by building.

    Args:
        estates: each with its buildings, which are asked for once and in order.
        seed: of the forms in which things are written.
    Returns: what a right import says of it.
    """
    truth = LedgerTruth(as_of)
    with book_at(path, as_of) as book:
        _write_instructions(book, as_of)
        for nth, (estate, buildings) in enumerate(estates):
            truth.open_estate(estate)
            random = Random(f"{seed} {estate.name} {as_of}")  # noqa: S311 - a demo, not a key
            pages = EstatePages(book, estate, layout_of(nth), Handwriting(random), truth)
            pages.open(_KEEPERS[nth % len(_KEEPERS)])
            for building in buildings:
                pages.write(building)
            pages.close()
    return truth


def _write_instructions(book: Book, as_of: date) -> None:
    sheet = book.sheet("填表说明")
    for line in (
        "居民台账（演示数据，人物均为虚构）",
        f"截至{as_of.year}年{as_of.month}月{as_of.day}日",
        "一户一个门牌，家庭成员逐行填写；同一户的门牌可合并单元格",
        "空置房在姓名栏填“空置”",
    ):
        sheet.add([line])


class EstatePages:
    """One estate's sheet."""

    def __init__(
        self,
        book: Book,
        estate: EstatePlan,
        layout: Layout,
        hand: Handwriting,
        truth: LedgerTruth,
    ) -> None:
        self._sheet: Sheet = book.sheet(estate.name)
        self._estate = estate
        self._layout = layout
        self._hand = hand
        self._truth = truth
        self._people = 0
        self._numbered = 0

    def open(self, keeper: str) -> None:
        """Write the title, the type line and the header."""
        columns = len(self._layout.columns)
        self._sheet.hide(self._layout.place(self._layout.hidden))
        self._sheet.title(f"{self._estate.name}居民台账", columns)
        kind = "老旧小区" if self._estate.is_old else "新建小区"
        line = f"小区类型：{kind}    填表人：{keeper}    截至：{self._truth.as_of}"
        self._sheet.title(line, columns)
        self._sheet.add(list(self._layout.header.values()))

    def write(self, building: Building) -> None:
        """Write a building's households and their subtotal."""
        self._truth.count(building)
        people = 0
        for dwelling in building.dwellings:
            # XlsxWriter remembers every merge to the end: a big ledger merges in its first block.
            self._write_household(dwelling, may_merge=building.block == 0)
            people += len(dwelling.people)
        self._people += people
        self._add({Column.NUMBER: "小计", Column.NAME: f"{people}人"})
        if self._layout.empty_row_after_subtotal:
            self._sheet.add([])

    def close(self) -> None:
        """Write the total, by a formula where the clerk knows how."""
        place = self._layout.place(Column.NAME)
        if not self._layout.formula_in_total:
            self._add({Column.NUMBER: "合计", Column.NAME: f"{self._people}人"})
            return
        letter = "ABCDEFGHIJK"[place]
        rows = self._sheet.rows
        self._sheet.add_formula(place, f"=COUNTA({letter}4:{letter}{rows})", self._people, "合计")

    def _write_household(self, dwelling: Dwelling, *, may_merge: bool) -> None:
        door = self._hand.door(dwelling.door)
        if not dwelling.people:
            area = self._hand.area(dwelling.area_cm2)
            self._add_numbered({Column.DOOR: door, Column.AREA: area, Column.NAME: _VACANT})
            return
        # A row whose door cannot be read comes after the household, with a door of its own.
        here = [each for each in dwelling.people if each.mistake is not Mistake.DOOR_UNREADABLE]
        elsewhere = [each for each in dwelling.people if each.mistake is Mistake.DOOR_UNREADABLE]
        merged = may_merge and len(here) > 1 and self._hand.random.random() < 0.55
        for nth, person in enumerate(here):
            cells = self._cells(person)
            if nth == 0:
                cells[Column.AREA] = self._hand.area(dwelling.area_cm2)
            if not merged:
                cells[Column.DOOR] = door
            elif nth == 0:
                self._sheet.merge_down(self._layout.place(Column.DOOR), len(here), door)
            self._add_person(person, cells)
        for person in elsewhere:
            cells = self._cells(person) | {Column.DOOR: self._hand.unreadable_door()}
            self._add_person(person, cells)

    def _cells(self, person: Person) -> dict[Column, Cell]:
        written = (
            self._hand.impossible_date(person.birth_date)
            if person.mistake is Mistake.BIRTH_DATE_INVALID
            else self._hand.day(person.birth_date)
        )
        return {
            Column.RELATION: person.relation,
            Column.NAME: person.name,
            Column.GENDER: person.gender.value,
            Column.BIRTH_DATE: written,
            Column.IDENTITY_NUMBER: person.identity_number,
            Column.PHONE: self._hand.phone(person.phone),
            Column.TAGS: "、".join(person.tags),
        }

    def _add_person(self, person: Person, cells: dict[Column, Cell]) -> None:
        row = self._add_numbered(cells)
        if person.mistake is not None:
            self._truth.refuse(self._estate.name, row, person.mistake)

    def _add_numbered(self, cells: dict[Column, Cell]) -> int:
        self._numbered += 1
        return self._add({Column.NUMBER: self._numbered, **cells})

    def _add(self, cells: dict[Column, Cell]) -> int:
        return self._sheet.add([cells.get(column) for column in self._layout.columns])

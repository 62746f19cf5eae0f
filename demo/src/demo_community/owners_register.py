"""The owners' register as a file of its own, and what is true of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from demo_community.handwriting import Cell, Handwriting
from demo_community.ownership import WHOLE, Owner, OwnerKind, Ownership, OwnershipMistake
from demo_community.story_people import STORY_PEOPLE
from demo_community.workbook import Sheet, book_at

SHEET = "产权登记"
HEADER = ["小区", "门牌", "产权人", "身份证号", "联系电话", "份额", "登记日期", "备注"]
_ESTATE, _DOOR = 0, 1
_REASONS = {
    OwnershipMistake.SHARE_ABOVE_ONE: "份额大于1",
    OwnershipMistake.SHARES_NOT_WHOLE: "同一套房的份额相加不等于1",
    OwnershipMistake.DOOR_UNREADABLE: "门牌无法识别",
    OwnershipMistake.DWELLING_UNKNOWN: "台账中没有这套房",
}


@dataclass
class RegisterTruth:
    """Counts what is entered while it is written; refused rows apart."""

    as_of: date
    dwellings: int = 0
    rows: int = 0
    dwellings_co_owned: int = 0
    rows_living_elsewhere: int = 0
    rows_of_companies: int = 0
    bad_rows: list[dict[str, Any]] = field(default_factory=list)
    of_the_story: list[dict[str, Any]] = field(default_factory=list)
    _dwellings_of: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def count(self, entry: Ownership) -> None:
        """Count an entry without mistakes."""
        self.dwellings += 1
        self.rows += len(entry.owners)
        self.dwellings_co_owned += len(entry.owners) > 1
        for owner in entry.owners:
            self.rows_living_elsewhere += owner.kind is OwnerKind.ELSEWHERE
            self.rows_of_companies += owner.kind is OwnerKind.COMPANY
            key = (owner.name, owner.identity_number)
            self._dwellings_of[key] = self._dwellings_of.get(key, 0) + 1
        if any((each.estate, each.door) == (entry.estate, entry.door) for each in STORY_PEOPLE):
            self.of_the_story.append(_told(entry))

    def refuse(self, row: int, mistake: OwnershipMistake) -> None:
        """Note a row that must be refused; rows are counted from 1, as Excel shows them."""
        self.bad_rows.append(
            {"sheet": SHEET, "row": row, "code": mistake.value, "reason": _REASONS[mistake]}
        )

    def as_json(self) -> dict[str, Any]:
        """Return the counts, the refused rows and the story's dwellings."""
        return {
            "as_of": self.as_of.isoformat(),
            "dwellings": self.dwellings,
            "rows": self.rows,
            "owners": len(self._dwellings_of),
            "owners_of_several_dwellings": sum(n > 1 for n in self._dwellings_of.values()),
            "dwellings_co_owned": self.dwellings_co_owned,
            "rows_living_elsewhere": self.rows_living_elsewhere,
            "rows_of_companies": self.rows_of_companies,
            "bad_rows": self.bad_rows,
            "of_the_story": self.of_the_story,
        }


def write_register(
    path: Path, entries: Iterable[Ownership], *, as_of: date, seed: int
) -> RegisterTruth:
    """Write the register; return what a right import says of it."""
    truth = RegisterTruth(as_of)
    hand = Handwriting(Random(f"{seed} register"))  # noqa: S311 - a demo, not a key
    with book_at(path, as_of) as book:
        sheet = book.sheet(SHEET)
        sheet.title("房屋产权登记表（演示数据，人物均为虚构）", len(HEADER))
        sheet.add([f"截至：{as_of}"])
        sheet.add(HEADER)
        for entry in entries:
            _write(sheet, entry, hand, truth)
    return truth


def _write(sheet: Sheet, entry: Ownership, hand: Handwriting, truth: RegisterTruth) -> None:
    if entry.mistake is None:
        truth.count(entry)
    door = (
        hand.unreadable_door()
        if entry.mistake is OwnershipMistake.DOOR_UNREADABLE
        else hand.door(entry.door)
    )
    registered = hand.day(entry.registered_on)
    merged = len(entry.owners) > 1 and hand.random.random() < 0.8
    if merged:
        sheet.merge_down(_ESTATE, len(entry.owners), entry.estate)
        sheet.merge_down(_DOOR, len(entry.owners), door)
    for owner in entry.owners:
        place: list[Cell] = [None, None] if merged else [entry.estate, door]
        row = sheet.add([*place, *_cells(owner, registered, hand)])
        if entry.mistake is not None:
            truth.refuse(row, entry.mistake)


def _cells(owner: Owner, registered: Cell, hand: Handwriting) -> list[Cell]:
    return [
        owner.name,
        owner.identity_number,
        hand.phone(owner.phone),
        _share(owner.share, hand.random),
        registered,
        owner.kind.value,
    ]


def _share(share: Fraction, random: Random) -> Cell:
    """Return a share as a fraction, in per cent, as a number; a sole owner's also in words."""
    if share == WHOLE:
        return random.choice((None, "100%", 1, "全部"))
    in_words: list[Cell] = [f"{share.numerator}/{share.denominator}"]
    if 100 % share.denominator == 0:
        in_words += [f"{share * 100}%", float(share)]
    return random.choice(in_words)


def _told(entry: Ownership) -> dict[str, Any]:
    return {
        "estate": entry.estate,
        "door": str(entry.door),
        "owners": [{"name": owner.name, "share": str(owner.share)} for owner in entry.owners],
    }

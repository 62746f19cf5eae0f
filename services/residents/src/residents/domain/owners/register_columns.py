"""What the columns of an owners' register are about."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from residents.domain.ledger.cells import Cell
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.headers import Columns, folded_header, meaning_of


class About(StrEnum):
    """What a column says of an owner."""

    OWNER = "owner"
    IDENTITY_NUMBER = "identity number"
    PHONE = "phone"
    SHARE = "share"
    REGISTERED_ON = "registered on"
    ADDRESS = "address"
    NOTE = "note"


_WHOSE = "(?:房屋|房产)?(?:产权|权利|所有权|共有|登记)(?:人|者)|业主|房主|所有人|买受人"
_WORDS = (
    (About.SHARE, re.compile(".*份额.*|.*比例|共有(?:方式|情况|类型|形式)|.*占比")),
    (
        About.REGISTERED_ON,
        re.compile(
            "(?:产权|不动产|权属|房产)?(?:登记|发证|取得|过户|办证)(?:日期|时间|日)|生效日期"
        ),
    ),
    (
        About.IDENTITY_NUMBER,
        re.compile(f"(?:{_WHOSE})?(?:身份证|证件|证照|统一社会信用代码).*"),
    ),
    (About.PHONE, re.compile(f"(?:{_WHOSE})?(?:联系)?(?:电话|手机).*")),
    (About.ADDRESS, re.compile(f"(?:{_WHOSE})?(?:通讯|联系|现居住|现|户籍|居住)(?:地址|住址)")),
    (About.NOTE, re.compile("备注|说明|注")),
    (About.OWNER, re.compile(f"(?:{_WHOSE})(?:姓名|名称|姓名名称)?")),
)
_AS_IN_A_LEDGER = {
    Field.NAME: About.OWNER,
    Field.IDENTITY_NUMBER: About.IDENTITY_NUMBER,
    Field.PHONE: About.PHONE,
}
_PLACES = (Field.ESTATE, Field.DOOR, Field.BUILDING, Field.UNIT, Field.ROOM)


@dataclass(slots=True)
class RegisterColumns:
    """Which column holds what, counted from 0.

    Attributes:
        place: of the dwelling, as in a ledger.
        of: of the owner; what has no column is missing.
    """

    place: Columns = field(default_factory=Columns)
    of: dict[About, int] = field(default_factory=dict)

    @property
    def all(self) -> frozenset[int]:
        """Every column that means something."""
        return frozenset((*self.place.of.values(), *self.of.values()))

    def cell(self, cells: list[Cell], about: About) -> Cell:
        """What a row says; None where there is no such column."""
        position = self.of.get(about, -1)
        return cells[position] if 0 <= position < len(cells) else None

    def cell_of_estate(self, cells: list[Cell]) -> Cell:
        """The same for the estate."""
        position = self.place.of.get(Field.ESTATE, -1)
        return cells[position] if 0 <= position < len(cells) else None


def columns_of(cells: list[Cell]) -> RegisterColumns | None:
    """What a row of headers says; None for a row that does not head a register.

    A register names owners and their shares, and doors in one column or in several.
    """
    columns = RegisterColumns()
    for position, cell in enumerate(cells):
        if header := folded_header(cell):
            _note(columns, header, position)
    has_doors = bool({Field.DOOR, Field.ROOM} & columns.place.of.keys())
    return columns if has_doors and {About.OWNER, About.SHARE} <= columns.of.keys() else None


def _note(columns: RegisterColumns, header: str, position: int) -> None:
    for about, words in _WORDS:
        if words.fullmatch(header):
            columns.of.setdefault(about, position)
            return
    known = meaning_of(header)
    if known is None:
        return
    if known[0] in _PLACES:
        columns.place.of.setdefault(known[0], position)
    elif (about_owner := _AS_IN_A_LEDGER.get(known[0])) is not None:
        columns.of.setdefault(about_owner, position)

"""Workbooks of strangers: a good one, changed by chance until it may be none."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Row = list[object]
Change = Callable[[random.Random, "Workbook"], None]
Damage = Callable[[random.Random, bytes], bytes]

_NAMES = (
    *("赵伟", "钱芳", "孙敏", "李静", "周丽", "吴强", "郑磊", "王军", "冯洋", "陈娜"),
    *("欧阳红", "买买提·阿不都"),
)
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_SPACES = "\u3000\u00a0 \t\u200b\u200d\ufeff\u2060"
_FORMULAS = ("=1/0", "=A1", "='[别处.xlsx]Sheet1'!A1", '=WEBSERVICE("http://127.0.0.1/")', "=NA()")
_ODD_CELLS: tuple[object, ...] = (
    *("#REF!", "#N/A", "二〇二六年", "1960.13.45", "1960年2月30日", "31/12/1960", "'1960-01-01"),
    *(-1, 0, 1e300, 10**17, 0.1, True, "x" * 40_000, "１３９００００１１１１", "139 0000 1111"),
    *("110101196001011234", "11010119600101123X", "1-1-101\n1-1-102", "\u202e101-1-1", "𠮷", "é"),
)


@dataclass
class Workbook:
    """What is written into a file.

    Attributes:
        header: the number of its row, from 0.
        named: the columns of names, which no odd cell takes away.
        merged: first row, first column, last row, last column.
        others: further sheets by name, each with whether it is hidden.
    """

    sheet: str
    rows: list[Row]
    header: int
    named: frozenset[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    others: list[tuple[str, list[Row], bool]] = field(default_factory=list)

    def content(self) -> bytes:
        """Return the file."""
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True, "nan_inf_to_errors": True}) as book:
            page = book.add_worksheet(self.sheet)
            _write(page, self.rows)
            for first_row, first_column, last_row, last_column in self.merged:
                page.merge_range(first_row, first_column, last_row, last_column, "1-1-101")
            for name, rows, is_hidden in self.others:
                other = book.add_worksheet(name)
                _write(other, rows)
                if is_hidden:
                    other.hide()
        return content.getvalue()


@dataclass(frozen=True)
class Broken:
    """A file that a stranger sends.

    Attributes:
        changes: what was done to the good one, in order.
        people: the rows, as the spreadsheet numbers them, that must be taken over or refused one
            by one; None where rows or columns are not what they were.
    """

    changes: tuple[str, ...]
    content: bytes
    people: frozenset[int] | None


def good_ledger(homes: int = 24) -> Workbook:
    """A resident ledger of one estate, one person a home."""
    header: Row = ["序号", "门牌号", "与户主关系", "姓名", "性别", "出生日期", "电话", "面积"]
    people: list[Row] = [
        [at + 1, f"{at // 8 + 1}-1-{at % 8 + 1}01", "户主", _NAMES[at % 12], "男女"[at % 2],
         f"19{50 + at % 50}-{at % 12 + 1:02}-{at % 28 + 1:02}", f"139{at:08}", 60 + at]
        for at in range(homes)
    ]  # fmt: skip
    title: Row = ["槐荫里居民台账  截至：2026-07-01"]
    return Workbook("槐荫里", [title, header, *people], 1, frozenset({3}))


def good_register(homes: int = 24) -> Workbook:
    """An owners' register of one estate, one owner a dwelling."""
    header: Row = ["小区", "门牌", "产权人", "身份证号", "联系电话", "份额", "登记日期", "备注"]
    owners: list[Row] = [
        ["槐荫里", f"{at // 8 + 1}-1-{at % 8 + 1}01", _NAMES[at % 12], None, f"139{at:08}", None,
         f"20{10 + at % 10}-05-01", None]
        for at in range(homes)
    ]  # fmt: skip
    return Workbook("槐荫里", [header, *owners], 0, frozenset({2}))


def drawn_by(seed: int) -> random.Random:
    """What draws one file, and the same again."""
    return random.Random(seed)  # noqa: S311  to be drawn again


def broken(chance: random.Random, good: Callable[[], Workbook], wanted: str = "") -> Broken:
    """Change a good workbook one to four times; every third file is damaged as bytes besides.

    Args:
        wanted: of `WAYS`, the one way that is used besides changed cells; drawn if left out.
    """
    book = good()
    cells = [chance.choice(_IN_CELLS) for _ in range(chance.randint(1, 3))]
    shape = [chance.choice(_IN_SHAPE)] if chance.random() < 0.4 else []
    damages = [chance.choice(_IN_BYTES)] if chance.random() < 0.33 else []
    if wanted:
        shape = [change for change in _IN_SHAPE if _name(change) == wanted]
        damages = [damage for damage in _IN_BYTES if _name(damage) == wanted]
    for change in (*cells, *shape):
        change(chance, book)
    content = book.content()
    for damage in damages:
        content = damage(chance, content)
    is_in_shape = not shape and not damages
    people = range(book.header + 2, len(book.rows) + 1) if is_in_shape else None
    names = tuple(_name(each) for each in (*cells, *shape, *damages))
    return Broken(names, content, None if people is None else frozenset(people))


def _name(way: Any) -> str:
    return str(way.__name__).strip("_")


def _write(page: Worksheet, rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                page.write_formula(number, column, cell, value="#REF!")
            elif isinstance(cell, str):
                page.write_string(number, column, cell[:32_767])
            elif cell is not None:
                page.write(number, column, cell)


def _some(chance: random.Random, book: Workbook) -> Row:
    return book.rows[chance.randrange(book.header + 1, len(book.rows))]


def _odd_cells(chance: random.Random, book: Workbook) -> None:
    for _ in range(6):
        row = _some(chance, book)
        row[chance.choice([at for at in range(len(row)) if at not in book.named])] = chance.choice(
            _ODD_CELLS
        )


def _formulas(chance: random.Random, book: Workbook) -> None:
    for _ in range(4):
        row = _some(chance, book)
        row[chance.choice([at for at in range(len(row)) if at not in book.named])] = chance.choice(
            _FORMULAS
        )


def _emptied(chance: random.Random, book: Workbook) -> None:
    row = _some(chance, book)
    for at in range(len(row)):
        if at not in book.named:
            row[at] = None


def _full_width(chance: random.Random, book: Workbook) -> None:
    wide = str.maketrans({digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789-"})
    row = _some(chance, book)
    for at, cell in enumerate(row):
        row[at] = str(cell).translate(wide) if cell is not None else None


def _spaces(chance: random.Random, book: Workbook) -> None:
    row = _some(chance, book)
    for at, cell in enumerate(row):
        space = chance.choice(_SPACES)
        row[at] = f"{space}{cell}{space}" if isinstance(cell, str) else cell


def _inner_spaces(chance: random.Random, book: Workbook) -> None:
    row = _some(chance, book)
    for at, cell in enumerate(row):
        if isinstance(cell, str) and len(cell) > 1:
            row[at] = cell[0] + chance.choice(_SPACES) + cell[1:]


def _repeated(chance: random.Random, book: Workbook) -> None:
    book.rows.append([*_some(chance, book)])


def _columns_shuffled(chance: random.Random, book: Workbook) -> None:
    order = list(range(len(book.rows[book.header])))
    chance.shuffle(order)
    for number in range(book.header, len(book.rows)):
        book.rows[number] = [book.rows[number][at] for at in order]


def _column_lost(chance: random.Random, book: Workbook) -> None:
    at = chance.randrange(len(book.rows[book.header]))
    for row in book.rows[book.header :]:
        del row[at]


def _other_header(chance: random.Random, book: Workbook) -> None:
    header = book.rows[book.header]
    header[chance.randrange(len(header))] = chance.choice(["", "价格", "菜名", "姓名", "门牌号", 7])


def _header_lost(_: random.Random, book: Workbook) -> None:
    del book.rows[book.header]


def _header_again(chance: random.Random, book: Workbook) -> None:
    book.rows.insert(chance.randrange(len(book.rows)), [*book.rows[book.header]])


def _rows_shuffled(chance: random.Random, book: Workbook) -> None:
    chance.shuffle(book.rows)


def _merged(chance: random.Random, book: Workbook) -> None:
    row = chance.randrange(len(book.rows) - 3)
    column = chance.randrange(5)
    book.merged.append((row, column, row + chance.randint(1, 3), column + chance.randint(0, 2)))


def _hidden_sheet(_: random.Random, book: Workbook) -> None:
    book.others.append(("旧表", [[*row] for row in book.rows], True))


def _sheet_of_something_else(_: random.Random, book: Workbook) -> None:
    book.others.append(("菜单", [["日期", "菜名", "价格"], ["2026-11-01", "红烧肉", 38]], False))


def _same_sheet_again(_: random.Random, book: Workbook) -> None:
    book.others.append(("复件", [[*row] for row in book.rows], False))


def _truncated(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _flipped(chance: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return packed.getvalue()


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def _noisy_xml(chance: random.Random, content: bytes) -> bytes:
    sheet = bytearray(_part(content, _SHEET))
    for _ in range(chance.randint(1, 6)):
        sheet[chance.randrange(len(sheet))] = chance.randrange(256)
    return _with_part(content, _SHEET, bytes(sheet))


def _entities(_: random.Random, content: bytes) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "哈哈">{levels}]>'.encode()
    sheet = _part(content, _SHEET)
    at = sheet.index(b"?>") + 2
    return _with_part(
        content, _SHEET, sheet[:at] + head + sheet[at:].replace(b"<v>", b"<v>&e9;", 1)
    )


def _stated_world(_: random.Random, content: bytes) -> bytes:
    """The sheet says that it has every cell that a sheet can have."""
    sheet = _part(content, _SHEET)
    first = sheet.index(b'<dimension ref="')
    last = sheet.index(b'"/>', first)
    return _with_part(
        content, _SHEET, sheet[:first] + b'<dimension ref="A1:XFD1048576' + sheet[last:]
    )


def _far_cell(_: random.Random, content: bytes) -> bytes:
    """One cell in the last corner, so that between it and the others there is a world."""
    sheet = _part(content, _SHEET)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return _with_part(content, _SHEET, sheet.replace(b"</sheetData>", far))


def _one_long_string(_: random.Random, content: bytes) -> bytes:
    """Every cell with a word shows the same half megabyte."""
    strings = _part(content, _STRINGS)
    return _with_part(content, _STRINGS, strings.replace(b"<t>", b"<t>" + b"x" * 500_000, 1))


def _many_parts(_: random.Random, content: bytes) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a") as more:
        for number in range(20_000):
            more.writestr(f"xl/media/{number}", b"")
    return packed.getvalue()


def _bomb(_: random.Random, content: bytes) -> bytes:
    return _with_part(content, _SHEET, bytes(64 << 20))


def _nested(_: random.Random, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as outer:
        outer.writestr("台账.xlsx", content)
    return packed.getvalue()


def _csv(_: random.Random, __: bytes) -> bytes:
    lines = (("门牌号", "姓名"), ("1-1-101", "马曦"))
    return "\n".join(",".join(line) for line in lines).encode("gb18030")


def _xls(_: random.Random, __: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le")


_IN_CELLS: tuple[Change, ...] = (
    *(_odd_cells, _formulas, _emptied, _full_width, _spaces, _inner_spaces, _repeated),
)
_IN_SHAPE: tuple[Change, ...] = (
    *(_columns_shuffled, _column_lost, _other_header, _header_lost, _header_again),
    *(_rows_shuffled, _merged, _hidden_sheet, _sheet_of_something_else, _same_sheet_again),
)
_IN_BYTES: tuple[Damage, ...] = (
    *(_truncated, _flipped, _noisy_xml, _entities, _stated_world, _far_cell, _one_long_string),
    *(_many_parts, _bomb, _nested, _csv, _xls),
)
WAYS = tuple(_name(each) for each in (*_IN_SHAPE, *_IN_BYTES))
"""How a whole workbook is changed, by name: each is tried once before any is drawn."""

"""The cells of a workbook as any reader sees them; nothing here knows how a ledger is imported."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

_WORDS = {
    "name": ("姓名", "居民姓名", "住户姓名"),
    "door": ("门牌号", "楼-单元-室", "房号", "门牌", "房屋门牌", "住址"),
    "birth_date": ("出生日期", "出生年月日", "生日"),
    "area": (
        "建筑面积（㎡）",
        "产权面积(平方米)",
        "面积",
        "建筑面积",
        "房屋面积（平方米）",
        "面积（㎡）",
    ),
    "relation": ("与户主关系", "关系", "家庭关系", "户内关系"),
    "tags": ("人员类别", "人员标签", "特殊类别", "类别"),
}
_HEADER_ROW = 3


def truth_of(path: Path) -> Any:
    return json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))


def ledger_rows(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield sheet, row number and cells of each row that is about a dwelling."""
    workbook = CalamineWorkbook.from_path(path)
    for sheet in workbook.sheet_names[1:]:
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        header = rows[_HEADER_ROW - 1]
        places = {
            key: next(place for place, word in enumerate(header) if word in words)
            for key, words in _WORDS.items()
        }
        for number, row in enumerate(rows[_HEADER_ROW:], start=_HEADER_ROW + 1):
            cells = {key: row[place] for key, place in places.items()}
            if cells["name"] and not str(cells["name"])[0].isdigit() and "合计" not in row:
                yield sheet, number, cells


def numbers_in(cell: object) -> tuple[int, ...]:
    """Return the whole numbers that are written in a cell."""
    return tuple(
        int(found) for found in re.findall(r"\d+", unicodedata.normalize("NFKC", str(cell)))
    )


def day_in(cell: object) -> date:
    """Return the day of a date cell or of its written form."""
    if isinstance(cell, date):
        return cell
    numbers = numbers_in(cell)
    if len(numbers) == 1:
        text = str(numbers[0])
        numbers = (int(text[:4]), int(text[4:6]), int(text[6:]))
    return date(*numbers)


def square_centimetres(cell: object) -> int:
    """Return the area that a cell says in square metres."""
    text = str(cell).removesuffix("㎡").removesuffix("平方米").removesuffix("m²")
    return round(float(text) * 10_000)

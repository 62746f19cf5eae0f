"""How people write what a ledger is of: each style makes a cell of what is meant."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from residents.domain.ledger.cells import Cell

Door = tuple[str, str, str]
"""Building, unit, room."""

_FULL_WIDTH = str.maketrans("0123456789-#.+ABC", "０１２３４５６７８９－＃．＋ＡＢＣ")
_NUMERALS = "零一二三四五六七八九"


def full_width(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def numerals(number: int) -> str:
    """A number below a hundred as it is spoken: 3 is 三, 12 is 十二, 21 is 二十一."""
    tens, ones = divmod(number, 10)
    spoken_tens = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return spoken_tens + (_NUMERALS[ones] if ones or not tens else "")


def digit_by_digit(number: str) -> str:
    return "".join("〇" if digit == "0" else _NUMERALS[int(digit)] for digit in number)


DOOR_STYLES: dict[str, Callable[[Door], str]] = {
    "dashes": lambda d: f"{d[0]}-{d[1]}-{d[2]}",
    "full width": lambda d: full_width(f"{d[0]}-{d[1]}-{d[2]}"),
    "spaces": lambda d: f" {d[0]} - {d[1]} - {d[2]} ",
    "em dashes": lambda d: f"{d[0]}—{d[1]}—{d[2]}",
    "en dashes": lambda d: f"{d[0]}–{d[1]}–{d[2]}",
    "tilde": lambda d: f"{d[0]}～{d[1]}～{d[2]}",
    "slashes": lambda d: f"{d[0]}/{d[1]}/{d[2]}",
    "gaps": lambda d: f"{d[0]} {d[1]} {d[2]}",
    "hash": lambda d: f"{d[0]}#{d[1]}-{d[2]}",
    "hash and dash": lambda d: f"{d[0]}#-{d[1]}-{d[2]}",
    "full-width hash": lambda d: full_width(f"{d[0]}#{d[1]}-{d[2]}"),
    "words": lambda d: f"{d[0]}号楼{d[1]}单元{d[2]}",
    "words and room": lambda d: f"{d[0]}栋{d[1]}单元{d[2]}室",
    "spaced words": lambda d: f"{d[0]} 号楼 {d[1]} 单元 {d[2]} 室",
    "words and dash": lambda d: f"{d[0]}号楼{d[1]}-{d[2]}",
    "block": lambda d: f"{d[0]}幢{d[1]}单元{d[2]}",
    "tower": lambda d: f"{d[0]}座{d[1]}单元{d[2]}号",
    "house": lambda d: f"{d[0]}楼{d[1]}单元{d[2]}户",
    "gate": lambda d: f"{d[0]}#楼{d[1]}门{d[2]}",
    "number": lambda d: f"{d[0]}号{d[1]}单元{d[2]}",
    "ordinal": lambda d: f"第{d[0]}栋第{d[1]}单元{d[2]}",
    "zeros": lambda d: f"{d[0].zfill(2) if d[0].isdigit() else d[0]}-{d[1]:0>2}-{d[2]:0>4}",
    "floor": lambda d: f"{d[0]}号楼{d[1]}单元{d[2][:-2]}层{d[2]}",
    "note": lambda d: f"{d[0]}-{d[1]}-{d[2]}（出租）",
    "zero width": lambda d: f"\u200b{d[0]}-{d[1]}-{d[2]}\ufeff",
}
CHINESE_DOOR_STYLES: dict[str, Callable[[Door], str]] = {
    "numerals": lambda d: f"{numerals(int(d[0]))}号楼{numerals(int(d[1]))}单元{d[2]}室",
    "all numerals": lambda d: (
        f"{numerals(int(d[0]))}栋{numerals(int(d[1]))}单元{digit_by_digit(d[2])}"
    ),
}
"""Only where building and unit are plain numbers."""

MOBILE_STYLES: dict[str, Callable[[str], Cell]] = {
    "text": str,
    "number": int,
    "float": float,
    "scientific": lambda p: f"{int(p) / 10**10:.10f}E+10",
    "float in text": lambda p: f"{p}.0",
    "spaces": lambda p: f"{p[:3]} {p[3:7]} {p[7:]}",
    "dashes": lambda p: f"{p[:3]}-{p[3:7]}-{p[7:]}",
    "dots": lambda p: f"{p[:3]}.{p[3:7]}.{p[7:]}",
    "full width": full_width,
    "full-width dashes": lambda p: full_width(f"{p[:3]}-{p[3:7]}-{p[7:]}"),
    "country": lambda p: f"+86{p}",
    "country and space": lambda p: f"+86 {p}",
    "country and dash": lambda p: f"86-{p}",
    "country by zeros": lambda p: f"0086{p}",
    "country in brackets": lambda p: f"(+86){p}",
    "two": lambda p: f"{p}/13900000000",
    "two and comma": lambda p: f"{p}、13900000000",
    "two and line": lambda p: f"{p}\n13900000000",
    "two and space": lambda p: f"{p} 13900000000",
    "whose": lambda p: f"{p}（儿子）",
    "who": lambda p: f"儿子{p}",
    "quote": lambda p: f"'{p}",
    "trailing space": lambda p: f"  {p}\u3000",
}
NO_PHONE: tuple[Cell, ...] = (
    *(
        None,
        "",
        " ",
        "无",
        "没有",
        "/",
        "-",
        "—",
        "－",
        "——",
        "暂无",
        "不详",
        "无电话",
        0,
        "\u3000",
    ),
)

DATE_STYLES: dict[str, Callable[[date], Cell]] = {
    "cell": lambda d: d,
    "cell with time": lambda d: datetime(d.year, d.month, d.day),
    "day number": lambda d: (d - date(1899, 12, 30)).days,
    "float day number": lambda d: float((d - date(1899, 12, 30)).days),
    "words": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded words": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    "words to the number": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "spaced words": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "padded dots": lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    "eight digits": lambda d: f"{d:%Y%m%d}",
    "eight digits as number": lambda d: int(f"{d:%Y%m%d}"),
    "eight digits as float": lambda d: float(f"{d:%Y%m%d}"),
    "dashes": lambda d: d.isoformat(),
    "short dashes": lambda d: f"{d.year}-{d.month}-{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "full width": lambda d: full_width(d.isoformat()),
    "with time": lambda d: f"{d.isoformat()} 00:00:00",
    "commas": lambda d: f"{d.year}，{d.month}，{d.day}",
    "quote": lambda d: f"'{d.isoformat()}",
}

AREA_STYLES: dict[str, Callable[[Decimal], Cell]] = {
    "number": float,
    "text": str,
    "spaces": lambda a: f" {a} ",
    "square metres": lambda a: f"{a}平方米",
    "short": lambda a: f"{a}平米",
    "shorter": lambda a: f"{a}平",
    "sign": lambda a: f"{a}㎡",
    "m2": lambda a: f"{a}m2",
    "m²": lambda a: f"{a} m²",
    "M²": lambda a: f"{a}M²",
    "full width": lambda a: full_width(str(a)),
    "thousands": lambda a: f"{a:,}",
    "about": lambda a: f"约{a}㎡",
}

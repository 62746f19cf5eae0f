"""Rows that count other rows, and are not of anybody."""

import re

from residents.domain.ledger.cells import Cell, compact

_TOTAL = re.compile(
    r"(?:[^:]{0,12}?(?:楼|栋|幢|座|单元|小区|苑|里|园|院|本页|本表|本户|全部|全表|以上|累计|人数|户数|人口|面积))?"
    r"\(?(?:小计|合计|总计|共计|总合计|统计|累计)\)?(?:人数|户数|人口|面积)?"
    r"[:]?[0-9.,、;户人名套口共计为男女平方米m2㎡()]*"
)
_OF_ALL = re.compile(
    r"(?:本|全|该)?(?:[^:]{0,12}?(?:楼|栋|幢|座|单元|小区|页|表))?"
    r"(?:总(?:人数|户数|人口数?|面积|套数|数)|[户人]数)(?:\([^()]{1,4}\))?"
    r"[:]?[0-9.,、;:户人名套口总数共计为男女平方米m2㎡()]*"
)
"""As in 总人数：100 or 户数; not 与父母共3人, which is a remark on somebody."""
_COUNT = re.compile("共?[0-9]{1,7}[人户名口套]?(?:[0-9]{1,7}[人户名口])*")
_COUNTED = frozenset("人户名口套")


def is_total(cells: list[Cell]) -> bool:
    """Whether any cell of a row says 小计, 合计, 总人数 or the like, with or without spaces."""
    for cell in cells:  # a plain loop: every row passes here
        if (
            isinstance(cell, str)
            and ("计" in cell or "总" in cell or "数" in cell)
            and says_total(cell)
        ):
            return True
    return False


def says_total(text: str) -> bool:
    """Whether a cell says by itself that its row counts others."""
    word = compact(text)
    return bool(_TOTAL.fullmatch(word) or _OF_ALL.fullmatch(word))


def is_count(cell: Cell) -> bool:
    """Whether a cell is a number of people or homes: 17人, 5户17人, 17."""
    if isinstance(cell, str) and cell[-1:].isalpha() and cell[-1] not in _COUNTED:
        return False  # a name: nearly every row
    return bool(_COUNT.fullmatch(compact(cell)))

"""Rows that count other rows, and are not of anybody."""

import re

from residents.domain.ledger.cells import Cell, compact

_TOTAL = re.compile(
    r"(?:[^:]{0,12}?(?:楼|栋|幢|座|单元|小区|苑|里|园|院|本页|本表|本户|全部|全表|以上|累计|人数|户数|人口|面积))?"
    r"\(?(?:小计|合计|总计|共计|总合计|统计|累计)\)?(?:人数|户数|人口|面积)?"
    r"[:]?[0-9.,、;户人名套口共计为男女平方米m2㎡()]*"
)


def is_total(cells: list[Cell]) -> bool:
    """Whether any cell of a row says 小计, 合计 or the like, with or without spaces."""
    for cell in cells:  # a plain loop: every row passes here
        if isinstance(cell, str) and "计" in cell and _TOTAL.fullmatch(compact(cell)):
            return True
    return False

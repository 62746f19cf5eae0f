"""Areas: a number, a number in text, with any unit that people put behind it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from residents.domain.ledger.cells import Cell, compact, says_nothing
from residents.domain.ledger.faults import Fault, RowRefused

CM2_PER_M2 = 10_000
LARGEST_AREA_M2 = 100_000
_AREA = re.compile(
    r"约?([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:平方米|平方公尺|平方|平米|平|m2|㎡|m\^2|sqm|米2|m²)?"
)


def area_cm2_of(cell: Cell) -> int | None:
    """An area in whole square centimetres, half of one rounded up; None where none is said.

    A number is read as Excel shows it, so that 83.05 is 830,500 and no float error is kept.
    Raises: RowRefused (AREA_INVALID).
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _of_text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell - cell == 0:
        return _whole(Decimal(repr(cell))) if cell else None
    raise _invalid()


def _of_text(text: str) -> int | None:
    if says_nothing(text):
        return None
    found = _AREA.fullmatch(compact(text).lower())
    if found is None:
        raise _invalid()
    return _whole(Decimal(found[1].replace(",", "")))


def _whole(area_m2: Decimal) -> int:
    if not 0 < area_m2 <= LARGEST_AREA_M2:
        raise _invalid()
    return int((area_m2 * CM2_PER_M2).quantize(Decimal(1), ROUND_HALF_UP))


def _invalid() -> RowRefused:
    return RowRefused(Fault.AREA_INVALID, "面积无法识别，应为大于零的平方米数。")

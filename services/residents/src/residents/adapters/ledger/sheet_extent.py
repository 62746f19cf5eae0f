"""How far the filled cells of a sheet reach, told by their references alone.

Whoever opens a sheet gets the whole rectangle of it, and two cells can span 17 billion.
"""

import re
from functools import lru_cache

from residents.adapters.ledger.workbook_limits import WorkbookLimits
from residents.domain.ledger.errors import LedgerTooManyRows, LedgerUnpacksTooLarge

_LONGEST_TAG_BYTES = 256
_ONE_WAY_TO_WRITE_XML = bytes.maketrans(b"\t\r\n'", b'   "')
_FILLED = ' r="%s"(?:[^<>]*[^<>/])?>'
"""A row or a cell with something in it; an empty one ends in "/>" and costs nothing."""
_LETTERS = 26


class SheetExtent:
    """Watches the XML of a sheet go by, and knows about how many rows and columns it reaches.

    It looks for a reference beyond what it has seen, which is seldom there: that is many times
    faster than to read every reference. So rows are known to their first digit, columns beyond
    the 26th to their first letter, each rounded up.
    """

    def __init__(self, limits: WorkbookLimits) -> None:
        self._limits = limits
        self._row_step = self._column_step = 0
        self._cells = 0
        self._before = b""

    def take(self, piece: bytes) -> None:
        """See the next piece. Raises: LedgerTooManyRows, LedgerUnpacksTooLarge."""
        plain = piece.translate(_ONE_WAY_TO_WRITE_XML)
        self._cells += plain.count(b"<c ") + plain.count(b":c ")
        seen = self._before + plain
        while _from_row(self._row_step + 1).search(seen):
            self._row_step += 1
            if _first_row(self._row_step) > self._limits.rows:
                raise LedgerTooManyRows(self._limits.rows)
        while _from_column(self._column_step + 1).search(seen):
            self._column_step += 1
            if _first_column(self._column_step) > self._limits.columns:
                raise LedgerTooManyRows(self._limits.rows)
        self._before = seen[-_LONGEST_TAG_BYTES:]

    def check(self) -> None:
        """Raises: LedgerUnpacksTooLarge if the rectangle is too large, or all but empty."""
        rows = _first_row(self._row_step + 1) - 1
        columns = _first_column(self._column_step + 1) - 1
        by_what_is_there = (
            self._limits.cells_always_allowed + self._limits.cells_per_filled * self._cells
        )
        if rows * columns > min(self._limits.cells, by_what_is_there):
            raise LedgerUnpacksTooLarge


def _first_row(step: int) -> int:
    """The rows at which a step begins: 1, 2, … 9, 10, 20, … 90, 100, 200, …."""
    power, digit = divmod(step, 9)
    return int((digit + 1) * 10**power)


def _first_column(step: int) -> int:
    """The columns at which a step begins: A, B, … Z, AA, BA, … ZA, AAA."""
    return step + 1 if step <= _LETTERS else (step - _LETTERS + 1) * _LETTERS + 1


@lru_cache(maxsize=128)
def _from_row(step: int) -> re.Pattern[bytes]:
    power, digit = divmod(step, 9)
    rows = f"(?:[{digit + 1}-9][0-9]{{{power}}}|[0-9]{{{power + 2},}})"
    return re.compile((_FILLED % f"[A-Z]{{0,3}}{rows}").encode())


@lru_cache(maxsize=128)
def _from_column(step: int) -> re.Pattern[bytes]:
    if step < _LETTERS:
        columns = f"(?:[{chr(ord('A') + step)}-Z]|[A-Z]{{2,}})"
    elif step < 2 * _LETTERS:
        columns = f"(?:[{chr(ord('A') + step - _LETTERS)}-Z][A-Z]|[A-Z]{{3,}})"
    else:
        columns = "[A-Z]{3,}"
    return re.compile((_FILLED % f"{columns}[0-9]+").encode())

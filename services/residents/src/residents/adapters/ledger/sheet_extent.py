"""How far the filled cells of a sheet reach, told by the digits of their references."""

import re

from residents.adapters.ledger.workbook_limits import WorkbookLimits
from residents.domain.ledger.errors import LedgerTooManyRows, LedgerUnpacksTooLarge

_LONGEST_TAG_BYTES = 256
_FILLED = rb'\br="[A-Z]{%d,}[0-9]{%d,}"[^<>]*[^<>/]>'
_MOST_ROW_DIGITS = 7
_MOST_COLUMN_LETTERS = 3


class SheetExtent:
    """Watches the XML of a sheet go by, and knows the powers of ten and 26 that it reaches.

    To look for what should not be there is several times faster than to read every reference.
    """

    def __init__(self, limits: WorkbookLimits) -> None:
        self._limits = limits
        self._row_digits = 1
        self._column_letters = 1
        self._cells = 0
        self._before = b""

    def take(self, piece: bytes) -> None:
        """See the next piece. Raises: LedgerTooManyRows."""
        self._cells += piece.count(b"<c ") + piece.count(b":c ")
        seen = self._before + piece
        while self._row_digits <= _MOST_ROW_DIGITS and _reaches(seen, 1, self._row_digits + 1):
            self._row_digits += 1
        while self._column_letters <= _MOST_COLUMN_LETTERS and _reaches(
            seen, self._column_letters + 1, 1
        ):
            self._column_letters += 1
        if self._row_digits > _MOST_ROW_DIGITS or self._column_letters >= _MOST_COLUMN_LETTERS:
            raise LedgerTooManyRows(self._limits.rows)
        self._before = seen[-_LONGEST_TAG_BYTES:]

    def check(self) -> None:
        """Raises: LedgerUnpacksTooLarge if the rectangle of the sheet is all but empty."""
        rectangle = 10**self._row_digits * 26**self._column_letters
        allowed = self._limits.cells_always_allowed + self._cells * self._limits.empty_per_filled
        if rectangle > allowed:
            raise LedgerUnpacksTooLarge


def _reaches(seen: bytes, letters: int, digits: int) -> bool:
    return re.search(_FILLED % (letters, digits), seen) is not None

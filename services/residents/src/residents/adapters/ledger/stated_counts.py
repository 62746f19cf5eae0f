"""How many of something a part of a workbook says that it holds.

Whoever opens it makes room for as many at once, and no part holds more things than bytes.
"""

import re

from residents.domain.ledger.errors import LedgerUnpacksTooLarge

_LONGEST_TAG_BYTES = 256
_NAME = b"uniqueCount"
_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']([^\"'<>]*)[\"']")


class StatedCounts:
    """Watches the XML of a part go by."""

    def __init__(self, part_bytes: int) -> None:
        self._part_bytes = part_bytes
        self._before = b""

    def take(self, piece: bytes) -> None:
        """See the next piece. Raises: LedgerUnpacksTooLarge."""
        seen = self._before + piece
        for said in _COUNT.findall(seen) if _NAME in seen else ():
            if b"&" in said or (said.isdigit() and _is_above(said, self._part_bytes)):
                raise LedgerUnpacksTooLarge
        self._before = seen[-_LONGEST_TAG_BYTES:]


def _is_above(digits: bytes, limit: int) -> bool:
    """Compared by length first: a number of a million digits is not worth reading."""
    significant = digits.lstrip(b"0")
    return len(significant) > len(str(limit)) or int(significant or b"0") > limit

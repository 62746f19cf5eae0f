"""Which columns of a sheet are hidden; calamine does not tell."""

import re

_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]{1,512})>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_FIRST = re.compile(rb"""\bmin=["']([0-9]{1,5})["']""")
_LAST = re.compile(rb"""\bmax=["']([0-9]{1,5})["']""")
_LONGEST_HEAD_BYTES = 4 << 20
_LAST_COLUMN = 16_384


class HiddenColumns:
    """Watches the XML of a sheet go by, as far as its first row.

    Attributes:
        columns: counted from 0.
    """

    def __init__(self) -> None:
        self.columns: frozenset[int] = frozenset()
        self._head: bytes | None = b""

    def take(self, piece: bytes) -> None:
        """See the next piece."""
        if self._head is None:
            return
        self._head += piece
        rows = _ROWS_BEGIN.search(self._head)
        if rows is not None or len(self._head) > _LONGEST_HEAD_BYTES:
            self.columns = _hidden_in(self._head[: rows.start()] if rows else self._head)
            self._head = None


def _hidden_in(head: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for attributes in _COLUMN.findall(head):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            hidden.update(range(int(first[1]) - 1, min(int(last[1]), _LAST_COLUMN)))
    return frozenset(hidden)

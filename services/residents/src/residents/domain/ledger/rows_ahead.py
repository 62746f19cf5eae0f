"""The rows of a sheet, one after the other, with a look at those that come next."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from residents.domain.ledger.cells import Cell


class RowsAhead:
    """Gives each row once; those looked at ahead wait until it is their turn."""

    def __init__(self, rows: Iterable[list[Cell]]) -> None:
        self._rows = iter(rows)
        self._waiting: deque[list[Cell]] = deque()

    def __iter__(self) -> Iterator[list[Cell]]:
        return self

    def __next__(self) -> list[Cell]:
        return self._waiting.popleft() if self._waiting else next(self._rows)

    def ahead(self, most: int) -> Iterator[list[Cell]]:
        """The rows that come next, at most so many; none of them is taken."""
        for at in range(most):
            if at == len(self._waiting):
                self._waiting.extend(islice(self._rows, 1))
                if at == len(self._waiting):
                    return
            yield self._waiting[at]

"""Cells merged downwards: what stands in the first row of them is said of each."""

from collections.abc import Iterable

from residents.domain.ledger.cells import Cell, Merge, is_empty


class MergedDown:
    """The merged cells of a sheet, passed by row after row."""

    def __init__(self, merged: Iterable[Merge]) -> None:
        self._waiting = sorted(
            (merge for merge in merged if merge.last_row > merge.first_row), reverse=True
        )
        self._under_way: dict[int, tuple[int, Cell]] = {}

    def spread(self, row: int, cells: list[Cell], columns: frozenset[int]) -> None:
        """Fill in the columns (from 0) that go on from above; call it for every row in turn."""
        waiting, under_way = self._waiting, self._under_way
        while waiting and waiting[-1].first_row <= row:
            merge = waiting.pop()
            if merge.first_row == row and (at := merge.first_column - 1) < len(cells):
                under_way[at] = (merge.last_row, cells[at])
        for at in list(under_way) if under_way else ():
            last_row, value = under_way[at]
            if row > last_row:
                del under_way[at]
            elif at in columns and is_empty(cells[at]):
                cells[at] = value

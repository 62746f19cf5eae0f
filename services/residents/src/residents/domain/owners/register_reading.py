"""Reading an owners' register: one row for each owner of each dwelling."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from residents.domain.archive.marks import folded_name
from residents.domain.imports.rows import RefusedRow
from residents.domain.ledger.as_of import AsOf
from residents.domain.ledger.cells import Cell, SheetCells, is_empty
from residents.domain.ledger.doors import Door
from residents.domain.ledger.estates import holds_instructions
from residents.domain.ledger.merged_cells import MergedDown
from residents.domain.ledger.sheet_head import SheetHead
from residents.domain.ledger.totals import is_total
from residents.domain.owners.errors import RegisterUnreadable
from residents.domain.owners.register_columns import RegisterColumns, columns_of
from residents.domain.owners.register_dwellings import NumbersSaid, SaidRow, settled_dwelling
from residents.domain.owners.register_entries import RegisterDwelling, RegisterReading
from residents.domain.owners.register_places import Place, Places, Unplaced
from residents.domain.owners.register_rows import owner_of

_LINES_BEFORE_THE_HEADER = 30


def read_register(
    sheets: Iterable[SheetCells], *, today: date, default_as_of: date | None = None
) -> RegisterReading:
    """Read every sheet that has the columns of a register.

    A dwelling of which one row cannot be used is refused whole: its other owners would make a
    wrong set.

    Args:
        today: no registration is later, and no register speaks of a later day.
        default_as_of: the day of a register that says none; today, if left out.
    Raises: RegisterUnreadable.
    """
    gathering = _Gathering(today)
    if not [sheet.name for sheet in sheets if gathering.read(sheet)]:
        raise RegisterUnreadable
    return gathering.reading(default_as_of or today)


class _Gathering:
    """The rows of each dwelling, wherever in the file they stand."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._as_of = AsOf()
        self._rows_read = 0
        self._rows_of: defaultdict[tuple[str, Door], list[SaidRow]] = defaultdict(list)
        self._names: dict[str, str] = {}
        self._refused: list[RefusedRow] = []

    def read(self, sheet: SheetCells) -> bool:
        """Read one sheet. Returns: whether it is of a register."""
        if holds_instructions(sheet.name):
            return False
        head, merged = SheetHead(sheet.name, self._as_of), MergedDown(sheet.merged)
        columns: RegisterColumns | None = None
        for number, row in enumerate(sheet.rows, 1):
            cells = [*row, None]  # the last stands for every column that is missing
            if (header := columns_of(cells)) is not None:
                columns, places = header, Places(header, head)
            elif columns is None:
                head.hear(cells)
                if number >= _LINES_BEFORE_THE_HEADER:
                    return False
            merged.spread(number, cells, columns.all if columns else frozenset())
            if columns is not None and header is None:
                self._read_row(sheet.name, number, cells, columns, places)
        return columns is not None

    def reading(self, default_as_of: date) -> RegisterReading:
        """All that was read."""
        dwellings: list[RegisterDwelling] = []
        refused, refused_doors = list(self._refused), []
        numbers = NumbersSaid(self._rows_of.values())
        for (estate, door), said in self._rows_of.items():
            rows = [numbers.told_to(row) for row in said]
            dwelling, rows_refused = settled_dwelling(self._names[estate], door, rows)
            refused.extend(rows_refused)
            if dwelling is not None:
                dwellings.append(dwelling)
            else:
                refused_doors.append((self._names[estate], door))
        return RegisterReading(
            as_of=min(self._as_of.day or default_as_of, self._today),
            rows_read=self._rows_read,
            dwellings=tuple(dwellings),
            refused=tuple(refused),
            refused_doors=tuple(refused_doors),
        )

    def _read_row(
        self, sheet: str, number: int, cells: list[Cell], columns: RegisterColumns, places: Places
    ) -> None:
        if is_total(cells) or all(is_empty(cells[position]) for position in columns.all):
            places.forget()
            return
        self._rows_read += 1
        place: Place | Unplaced = places.of_row(cells)
        if isinstance(place, Unplaced):
            self._refused.append(RefusedRow(sheet, number, place.code, place.reason))
            return
        owner = owner_of(lambda about: columns.cell(cells, about), latest=self._today)
        estate = folded_name(place.estate)
        self._names.setdefault(estate, place.estate)
        self._rows_of[estate, place.door].append(SaidRow(sheet, number, owner))

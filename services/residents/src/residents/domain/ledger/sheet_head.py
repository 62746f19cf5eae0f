"""What the lines over a header say: the estate, its kind, the day of the ledger."""

from datetime import date, datetime

from residents.domain.ledger.as_of import AsOf
from residents.domain.ledger.cells import Cell, folded, is_empty
from residents.domain.ledger.estates import (
    estate_in_title,
    estate_of_sheet,
    estate_said_in,
    is_old_said_in,
    is_title,
)


class SheetHead:
    """Hears the lines of a sheet that are not of anybody.

    Attributes:
        is_old: None until a line says it.
    """

    def __init__(self, sheet: str, as_of: AsOf) -> None:
        self._sheet = sheet
        self._as_of = as_of
        self._said: str | None = None
        self._titles: list[str] = []
        self.is_old: bool | None = None

    @property
    def estate(self) -> str:
        """The estate by a line of its own, else by the sheet's name, else by the title.

        A later block of a sheet with a title of its own is about the estate that this names.
        """
        if self._said is not None:
            return self._said
        if len(set(self._titles)) > 1:
            return self._titles[-1]
        of_sheet = estate_of_sheet(self._sheet)
        return of_sheet or (
            self._titles[0] if self._titles else self._sheet.strip() or "未命名小区"
        )

    def hear(self, cells: list[Cell]) -> None:
        """Take what one line says."""
        line = " ".join(_text(cell) for cell in cells if not is_empty(cell))
        if not line:
            return
        title = is_title(line)
        self._as_of.hear(line, is_title=title)
        if (estate := estate_said_in(line)) is not None:
            self._said = estate
        elif title and (estate := estate_in_title(line)) is not None:
            self._titles.append(estate)
        if (is_old := is_old_said_in(line)) is not None:
            self.is_old = is_old


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else folded(cell)

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
    """Hears the lines of a sheet that are not of anybody, block after block.

    A block is what stands under one header. The estate of the first is named by a line of its
    own, else by the sheet, else by the title; that of a later one by its own line or title.

    Attributes:
        estate: of the block that has begun.
        is_old: None until a line says it.
    """

    def __init__(self, sheet: str, as_of: AsOf) -> None:
        self._as_of = as_of
        of_sheet = estate_of_sheet(sheet)
        self._is_sheet_named = of_sheet is not None
        self.estate = of_sheet or sheet.strip() or "未命名小区"
        self.is_old: bool | None = None
        self._title_above: str | None = None
        self._title: str | None = None
        self._said: str | None = None
        self._said_old: bool | None = None

    def hear(self, cells: list[Cell]) -> None:
        """Take what one line says."""
        texts = [_text(cell) for cell in cells if not is_empty(cell)]
        if not texts:
            return
        written, line = " ".join(texts), " ".join(map(folded, texts))
        title = is_title(line)
        self._as_of.hear(line, is_title=title)
        if (estate := estate_said_in(written)) is not None:
            self._said = estate
        elif title and (estate := estate_in_title(written)) is not None:
            self._title = estate
        if (is_old := is_old_said_in(line)) is not None:
            self._said_old = is_old

    def begin_block(self) -> None:
        """A header has come: what was said since the last one is of the rows below."""
        estate = self._said or self._estate_by_title() or self.estate
        if estate != self.estate or self._said_old is not None:
            self.estate, self.is_old = estate, self._said_old
        self._title_above = self._title or self._title_above
        self._title = self._said = self._said_old = None

    def _estate_by_title(self) -> str | None:
        """The title counts where the sheet names no estate, and where it is another than above."""
        is_another = self._title_above is not None and self._title != self._title_above
        return self._title if is_another or not self._is_sheet_named else None


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.strip() if isinstance(cell, str) else folded(cell)

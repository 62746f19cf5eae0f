"""How large a workbook may be: a ledger of a million rows fits, a bomb does not."""

from dataclasses import dataclass

from residents.domain.imports.file_size import LARGEST_FILE_BYTES


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """What is refused before anything is unpacked, and what while it is measured.

    Attributes:
        file_bytes: the file as it lies there.
        unpacked_bytes: all parts of it together, as they say and as they are.
        ratio: of a part above `ratio_from_bytes`, unpacked to packed; sheets reach 20, bombs 1,000.
        parts: files in the workbook.
        rows: of all visible sheets together.
        columns: of any sheet.
        cells: of the rectangle of a sheet, which whoever opens it keeps as a whole.
        cells_always_allowed: of such a rectangle, however empty it is.
        cells_per_filled: what is allowed besides for each cell that is there.
    """

    file_bytes: int = LARGEST_FILE_BYTES
    unpacked_bytes: int = 1_500_000_000
    ratio: int = 200
    ratio_from_bytes: int = 1_000_000
    parts: int = 2_000
    rows: int = 1_200_000
    columns: int = 702
    cells: int = 40_000_000
    cells_always_allowed: int = 4_000_000
    cells_per_filled: int = 10

"""How large a workbook may be: a ledger of a million rows fits, a bomb does not."""

from dataclasses import dataclass


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
        empty_per_filled: how many cells of a sheet's rectangle may be empty for each that is not;
            whoever reads a sheet keeps the whole rectangle, and two cells can span 17 billion.
    """

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 1_500_000_000
    ratio: int = 200
    ratio_from_bytes: int = 1_000_000
    parts: int = 2_000
    rows: int = 1_200_000
    columns: int = 702
    empty_per_filled: int = 200
    cells_always_allowed: int = 2_600_000

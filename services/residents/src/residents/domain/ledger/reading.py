"""Reading a ledger: sheets of cells in, households and people out.

One pass over the rows, each looked at once; kept are only what comes out and, for each person, a
number by which they are known again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from residents.domain.ledger.cells import SheetCells
from residents.domain.ledger.entries import (
    InferredColumn,
    LedgerEstate,
    LedgerHousehold,
    LedgerPerson,
    RefusedRow,
    SkippedSheet,
    UnplacedHome,
)
from residents.domain.ledger.gathering import Gathering
from residents.domain.ledger.sheet_reading import read_sheet
from residents.domain.ledger.summary import LedgerSummary, summary_of


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """A whole ledger.

    Attributes:
        as_of: the day that the ledger says it is of, else the day that the reader gave; no later
            than that of its reading.
        estates: in the order in which they were met; only those with a home.
        households: each door once, in the order in which they were met.
        people: who was taken over, in the order of the rows.
        refused: rows whose person was not, in the order of the rows.
        unplaced: homes that count, and have no door that could be read.
        inferred_columns: those under words that nobody knows, taken for what they hold.
    """

    as_of: date
    estates: list[LedgerEstate]
    households: list[LedgerHousehold]
    people: list[LedgerPerson]
    refused: list[RefusedRow]
    unplaced: list[UnplacedHome]
    skipped_sheets: list[SkippedSheet]
    inferred_columns: list[InferredColumn] = field(default_factory=list)

    def summary(self) -> LedgerSummary:
        """The figures of this ledger."""
        return summary_of(
            self.estates, self.households, self.unplaced, self.people, self.refused, self.as_of
        )


def read(
    sheets: Iterable[SheetCells], *, today: date, default_as_of: date | None = None
) -> LedgerReading:
    """Read a ledger; whatever its cells hold, what cannot be read is a refused row.

    Args:
        today: nobody is born later, and no ledger speaks of a later day.
        default_as_of: the day of a ledger that says none; today, if left out.
    """
    gathered = Gathering(today)
    for sheet in sheets:
        read_sheet(sheet, gathered)
    homes = {home.estate for home in gathered.unplaced}
    homes.update(household.estate for household in gathered.households)
    return LedgerReading(
        as_of=min(gathered.as_of.day or default_as_of or today, today),
        estates=[estate for estate in gathered.estates.values() if estate.name in homes],
        households=gathered.households,
        people=gathered.people,
        refused=gathered.refused,
        unplaced=gathered.unplaced,
        skipped_sheets=gathered.skipped,
        inferred_columns=list(dict.fromkeys(gathered.inferred)),
    )

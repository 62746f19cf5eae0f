"""What a check finds: rows that are refused, and where the file differs from the archive."""

from datetime import date
from enum import StrEnum

import msgspec


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that does not count.

    Attributes:
        row: its number as the spreadsheet shows it, from 1.
        code: stable, what a program decides by.
        reason: zh-CN for the person; it never repeats what a cell holds.
    """

    sheet: str
    row: int
    code: str
    reason: str


class Difference(StrEnum):
    """How somebody in the file, or missing from it, stands to the archive."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"
    UNCHANGED = "unchanged"


class DifferingRow(msgspec.Struct, frozen=True):
    """One difference, without anything personal in it.

    Attributes:
        subject_id: who or what is there already; None for what is new.
        sheet: where the file says it; None for what is missing from the file.
        fields: the names of the facts that differ, never their values.
    """

    difference: Difference
    subject_id: str | None = None
    sheet: str | None = None
    row: int | None = None
    fields: tuple[str, ...] = ()


class SkippedSheet(msgspec.Struct, frozen=True):
    """A sheet of which no row was taken, and why, in zh-CN."""

    sheet: str
    reason: str


class CheckOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        as_of: the day that the file speaks of.
        counts: totals of the file by name, such as `households`; areas in square centimetres.
        differences: how many there are of each kind.
    """

    as_of: date | None
    rows_read: int
    rows_refused: int
    counts: dict[str, int]
    differences: dict[Difference, int]
    skipped_sheets: tuple[SkippedSheet, ...] = ()


class ApplyOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was done.

    Attributes:
        edition: under which it is seen since.
    """

    edition: int

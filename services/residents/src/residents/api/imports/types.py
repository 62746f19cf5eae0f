"""The types of the graph that imports add."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    checked_first,
    connection_of,
)

from residents.api import loaders as account_loaders
from residents.api.context import Info, actor
from residents.api.imports.enums import ImportDifference, ImportKind, ImportPhase, ImportState
from residents.api.paging import After, First, place_by_number
from residents.api.types import Account
from residents.domain.imports import batch as domain
from residents.domain.imports import rows


@strawberry.type(description="How far the work on an import is.")
class ImportProgress:
    """See residents.domain.imports.batch."""

    phase: ImportPhase = strawberry.field(description="What is being done.")
    done: int = strawberry.field(description="How many rows of this phase are done.")
    total: int | None = strawberry.field(description="How many there are; null while unknown.")
    at: datetime = strawberry.field(description="When this was so.")


@strawberry.type(description="A total of the file.")
class ImportCount:
    """See residents.domain.imports.rows."""

    name: str = strawberry.field(description="What is counted, such as households or residents.")
    value: float = strawberry.field(
        description="A whole number; an area in square centimetres may exceed an Int."
    )


@strawberry.type(description="How many rows stand in one way to what is there.")
class ImportDifferenceCount:
    """See residents.domain.imports.rows."""

    difference: ImportDifference = strawberry.field(description="In which way.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="Why a whole file was refused.")
class ImportRefusal:
    """See residents.domain.imports.batch."""

    code: str = strawberry.field(description="UPPER_SNAKE, stable: what a program decides by.")
    reason: str = strawberry.field(description="One plain sentence in zh-CN for the person.")


@strawberry.type(description="A sheet of which no row was taken.")
class SkippedSheet:
    """See residents.domain.imports.rows."""

    sheet: str = strawberry.field(description="Its name.")
    reason: str = strawberry.field(description="Why, in zh-CN.")


@strawberry.type(description="A row that does not count.")
class RefusedRow:
    """See residents.domain.imports.rows."""

    sheet: str = strawberry.field(description="The name of its sheet.")
    row: int = strawberry.field(description="Its number as the spreadsheet shows it.")
    code: str = strawberry.field(description="UPPER_SNAKE, stable.")
    reason: str = strawberry.field(
        description="Why, in zh-CN; it never repeats what the row holds."
    )

    @classmethod
    def of(cls, row: rows.RefusedRow) -> "RefusedRow":
        """As the graph shows it."""
        return cls(sheet=row.sheet, row=row.row, code=row.code, reason=row.reason)


@strawberry.type(description="A row in which the file differs from what is there.")
class DifferingRow:
    """See residents.domain.imports.rows."""

    difference: ImportDifference = strawberry.field(description="In which way.")
    subject_id: strawberry.ID | None = strawberry.field(
        description="The resident, or the household, that is there; null for what is new."
    )
    sheet: str | None = strawberry.field(
        description="The sheet that says it; null for what is missing from the file."
    )
    row: int | None = strawberry.field(description="The number of the row, if there is one.")
    fields: list[str] = strawberry.field(
        description="The names of the facts that differ, such as phone or home."
    )

    @classmethod
    def of(cls, row: rows.DifferingRow) -> "DifferingRow":
        """As the graph shows it."""
        return cls(
            difference=ImportDifference[row.difference.name],
            subject_id=strawberry.ID(row.subject_id) if row.subject_id else None,
            sheet=row.sheet,
            row=row.row,
            fields=list(row.fields),
        )


@strawberry.type(name="Import", description="A file that was sent, and what came of it.")
class Import:
    """See residents.domain.imports.batch."""

    batch: strawberry.Private[domain.ImportBatch]
    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: ImportKind = strawberry.field(description="What kind of file it is.")
    state: ImportState = strawberry.field(description="How far it is.")
    size_bytes: int = strawberry.field(description="The size of the file.")
    as_of: date | None = strawberry.field(
        description="The day that the file speaks of, as it says itself or its sender did."
    )
    received_at: datetime = strawberry.field(description="When the file came.")
    expires_at: datetime | None = strawberry.field(
        description="When it lapses unless accepted; null once that is past."
    )
    accepted_at: datetime | None = strawberry.field(description="When somebody accepted it.")
    ended_at: datetime | None = strawberry.field(
        description="When it was applied, refused, discarded or expired."
    )
    progress: ImportProgress | None = strawberry.field(
        description="How far the work is, at most a second old; null while nothing is done."
    )
    rows_read: int | None = strawberry.field(description="How many rows were read.")
    rows_refused: int | None = strawberry.field(description="How many of them do not count.")
    counts: list[ImportCount] = strawberry.field(description="The totals of the file.")
    difference_counts: list[ImportDifferenceCount] = strawberry.field(
        description="How its rows stand to what was there when it was checked."
    )
    skipped_sheets: list[SkippedSheet] = strawberry.field(
        description="The sheets of which no row was taken."
    )
    refusal: ImportRefusal | None = strawberry.field(description="Why the file was refused.")

    @classmethod
    def of(cls, kept: domain.ImportBatch) -> "Import":
        """As the graph shows it."""
        outcome, refusal = kept.outcome, kept.refusal
        found = outcome.differences if outcome else {}
        return cls(
            batch=kept,
            id=strawberry.ID(kept.id),
            kind=ImportKind[kept.kind.name],
            state=ImportState[kept.state.name],
            size_bytes=kept.file.size_bytes,
            as_of=(outcome.as_of if outcome else None) or kept.as_of,
            received_at=kept.received_at,
            expires_at=kept.expires_at,
            accepted_at=kept.accepted_at,
            ended_at=kept.ended_at,
            progress=_progress(kept.progress),
            rows_read=outcome.rows_read if outcome else None,
            rows_refused=outcome.rows_refused if outcome else None,
            counts=[
                ImportCount(name=name, value=value)
                for name, value in (outcome.counts if outcome else {}).items()
            ],
            difference_counts=[
                ImportDifferenceCount(difference=ImportDifference[each.name], count=count)
                for each, count in found.items()
            ],
            skipped_sheets=[
                SkippedSheet(sheet=each.sheet, reason=each.reason)
                for each in (outcome.skipped_sheets if outcome else ())
            ],
            refusal=ImportRefusal(code=refusal.code, reason=refusal.reason) if refusal else None,
        )

    @strawberry.field(description="Who sent it; null for an operator.")
    async def received_by(self, info: Info) -> Account | None:
        """By the same rule as a direct read."""
        return await _account(info, self.batch.received_by)

    @strawberry.field(description="Who accepted it; null for nobody yet, or an operator.")
    async def accepted_by(self, info: Info) -> Account | None:
        """By the same rule as a direct read."""
        return await _account(info, self.batch.accepted_by)

    @strawberry.field(description="The rows that do not count, in the order of the file.")
    async def refused_rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[RefusedRow] | None:
        """See ImportQueries.refused_rows."""
        page = await info.context.application.imports.queries.refused_rows(
            actor(info), self.batch, first=checked_first(first), after=place_by_number(after)
        )
        return connection_of(page, RefusedRow.of, after=after)

    @strawberry.field(description="Where the file differs from what was there, row by row.")
    async def differences(
        self,
        info: Info,
        difference: Annotated[ImportDifference, strawberry.argument(description="In which way.")],
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[DifferingRow] | None:
        """See ImportQueries.differences."""
        page = await info.context.application.imports.queries.differences(
            actor(info),
            self.batch,
            rows.Difference[difference.name],
            first=checked_first(first),
            after=place_by_number(after),
        )
        return connection_of(page, DifferingRow.of, after=after)


def _progress(kept: domain.Progress | None) -> ImportProgress | None:
    if kept is None:
        return None
    phase = ImportPhase[kept.phase.name]
    return ImportProgress(phase=phase, done=kept.done, total=kept.total, at=kept.at)


async def _account(info: Info, account_id: str | None) -> Account | None:
    if account_id is None:
        return None
    found = await info.context.load(account_loaders.accounts, account_id)
    return Account.of(found) if found else None

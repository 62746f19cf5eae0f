"""Imports as the stores keep them."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import msgspec
from residents.domain.imports.batch import (
    ImportBatch,
    ImportFile,
    ImportState,
    Kind,
    Phase,
    Progress,
    Refusal,
)
from residents.domain.imports.rows import (
    CheckOutcome,
    Difference,
    DifferingRow,
    RefusedRow,
    SkippedSheet,
)

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE, THERE = "community_here", "community_there"


def a_batch(
    number: int = 1, *, community_id: str = HERE, kind: Kind = Kind.RESIDENT_LEDGER,
    file_mark: str = "mark", attempt: int = 1, state: ImportState = ImportState.RECEIVED,
) -> ImportBatch:  # fmt: skip
    """The n-th import, received n minutes after the first."""
    received = ImportBatch.receive(
        f"import_{community_id}_{number:04}",
        community_id=community_id,
        kind=kind,
        file=ImportFile(f"file_{number}", file_mark, 1000),
        attempt=attempt,
        request_mark=f"request_{number}",
        as_of=None,
        by="account_1",
        at=AT + timedelta(minutes=number),
    )
    ended_at = received.received_at if state is ImportState.APPLIED else None
    return msgspec.structs.replace(received, state=state, ended_at=ended_at)


def a_full_batch() -> ImportBatch:
    """An import of which every field says something."""
    return msgspec.structs.replace(
        a_batch(),
        as_of=date(2026, 11, 1),
        run=3,
        crashes=1,
        checked_run=2,
        progress=Progress(Phase.WRITING, 5, 10, AT),
        outcome=CheckOutcome(
            as_of=date(2026, 11, 1),
            rows_read=10,
            rows_refused=1,
            counts={"residents": 9},
            differences={Difference.NEW: 9},
            skipped_sheets=(SkippedSheet("说明", "没有居民。"),),
        ),
        refusal=Refusal("CODE", "原因。"),
        accepted_at=AT,
        accepted_by="account_2",
        edition=7,
        ended_at=AT,
    )


def running(batch: ImportBatch, run: int) -> ImportBatch:
    """The batch as the n-th process that works on it has it."""
    return msgspec.structs.replace(batch, run=run)


def shown(batch: ImportBatch, run: int) -> ImportBatch:
    """The batch as its readers have it, once that run has checked it."""
    return msgspec.structs.replace(batch, run=run, checked_run=run)


def refused_rows(count: int) -> list[RefusedRow]:
    """Rows that do not count."""
    return [RefusedRow("槐荫里", number, "PHONE_INVALID", "电话不对。") for number in range(count)]


def differing_rows(count: int) -> list[DifferingRow]:
    """Rows of which every third is somebody new, the others moved."""
    return [
        DifferingRow(Difference.NEW, None, "槐荫里", number)
        if number % 3 == 0
        else DifferingRow(Difference.MOVED, f"resident_{number}", "槐荫里", number, ("home",))
        for number in range(count)
    ]


async def pieces(content: bytes, size_bytes: int) -> AsyncIterator[bytes]:
    """Content as it comes over the network."""
    for at in range(0, len(content), size_bytes):
        yield content[at : at + size_bytes]

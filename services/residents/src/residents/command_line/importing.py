"""The command line's way to import a resident ledger, or only to read it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from chassis.errors import ChassisError
from chassis.ids import new_id
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from residents.application.imports.imports import Imports
from residents.application.imports.ports import ImportBatches, ReceivedFile
from residents.application.imports.receive_file import check_has_come
from residents.application.imports.resident_ledger import check_is_ledger
from residents.command_line.founding import CommandRefused
from residents.command_line.ledger_tables import show_changes, show_inferred, show_summary
from residents.domain.community import Community
from residents.domain.errors import ResidentsError
from residents.domain.imports.batch import ImportBatch, Kind, Phase
from residents.domain.ledger.reading import LedgerReading
from residents.domain.roles import Actor, Role, RoleGrant

OPERATOR = "command_line"
_PIECE_BYTES = 1024 * 1024
_LOOKS_EVERY_SECONDS = 0.3
_PHASES = {
    Phase.READING: "读取",
    Phase.COMPARING: "核对",
    Phase.WRITING: "写入",
    Phase.SETTLING: "统计",
}

ReadFile = Callable[[bytes, date, date | None], LedgerReading]
"""Reads a file, on a day; the last is the day of a ledger that says none."""


class LedgerOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator typed."""

    file: Path
    community_id: str | None
    as_of: date | None
    as_json: bool


@dataclass(frozen=True)
class ImportDesk:
    """What the command needs of the service.

    Attributes:
        communities: up to that many communities of the installation.
    """

    imports: Imports
    batches: ImportBatches
    communities: Callable[[int], Awaitable[list[Community]]]
    read: ReadFile
    today: Callable[[], date]


def read_ledger(read: ReadFile, order: LedgerOrder, today: date) -> None:
    """Read a file and print what it says; nothing else is needed. Raises: CommandRefused."""
    try:
        check_has_come(order.as_of, today)
        reading = read(order.file.read_bytes(), today, order.as_of)
        check_is_ledger(reading)
    except (ResidentsError, ChassisError) as error:
        raise CommandRefused(str(error)) from error
    _print(reading, order, None)


async def import_ledger(desk: ImportDesk, order: LedgerOrder) -> None:
    """Import a file and print what came of it. Raises: CommandRefused."""
    try:
        applied = await _imported(desk, order)
        content = await asyncio.to_thread(order.file.read_bytes)
        reading = desk.read(content, applied.received_on, applied.as_of)
    except (ResidentsError, ChassisError) as error:
        raise CommandRefused(str(error)) from error
    _print(reading, order, applied)


async def _imported(desk: ImportDesk, order: LedgerOrder) -> ImportBatch:
    community_id = order.community_id or await _only_community(desk)
    operator = Actor(OPERATOR, community_id, "", (RoleGrant(Role.SECRETARY),))
    received = await desk.imports.receive_file(
        operator,
        ReceivedFile(
            kind=Kind.RESIDENT_LEDGER,
            request_id=new_id("request"),
            as_of=order.as_of or desk.today(),
            pieces=_pieces(order.file),
        ),
    )
    async with _progress_shown(desk.batches, received):
        ended = await desk.imports.work_to_the_end(operator, received)
    if ended.refusal is not None:
        raise CommandRefused(f"{ended.refusal.code}: {ended.refusal.reason}")
    return ended


async def _only_community(desk: ImportDesk) -> str:
    found = await desk.communities(2)
    if len(found) != 1:
        raise CommandRefused("COMMUNITY_NOT_FOUND: 请用 --community 指明社区。")
    return found[0].id


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while piece := await asyncio.to_thread(opened.read, _PIECE_BYTES):
            yield piece


@asynccontextmanager
async def _progress_shown(batches: ImportBatches, batch: ImportBatch) -> AsyncIterator[None]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        showing = asyncio.create_task(_show(bar, batches, batch))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.wait([showing])


async def _show(bar: Progress, batches: ImportBatches, batch: ImportBatch) -> None:
    task = bar.add_task(_PHASES[Phase.READING], total=None)
    while True:
        now = await batches.get(batch.community_id, batch.id)
        if (progress := now.progress) is not None:
            bar.update(
                task,
                description=_PHASES[progress.phase],
                completed=progress.done,
                total=progress.total,
            )
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)


def _print(reading: LedgerReading, order: LedgerOrder, batch: ImportBatch | None) -> None:
    console = Console()
    summary = reading.summary()
    if order.as_json:
        told: dict[str, Any] = msgspec.to_builtins(summary)
        if batch is not None and batch.outcome is not None:
            told |= {"import_id": batch.id, "differences": batch.outcome.differences}
        console.out(msgspec.json.format(msgspec.json.encode(told), indent=1).decode())
        return
    show_summary(console, summary, reading.skipped_sheets)
    show_inferred(console, reading.inferred_columns)
    if batch is not None:
        show_changes(console, batch)

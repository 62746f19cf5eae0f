"""The commands about imports: import-ledger, and the one that the worker calls."""

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer
from chassis.errors import ChassisError
from chassis.logs import configure_logs
from chassis.settings import load
from chassis.telemetry import start_telemetry

from residents.adapters.imports.child_life import end_with_parent, limit_memory
from residents.adapters.imports.child_processes import STOPPED_EXIT_CODE
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.bootstrap.rooms import Rooms
from residents.command_line.founding import CommandRefused
from residents.command_line.importing import ImportDesk, LedgerOrder, import_ledger, read_ledger
from residents.domain.errors import ResidentsError
from residents.domain.ledger.reading import LedgerReading, read
from residents.settings import ResidentsSettings

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]
_DAY = "%Y-%m-%d"
_CHINA = timezone(timedelta(hours=8))


def mount_import_commands(app: typer.Typer, opened: Opened) -> None:
    """Add them to the service's commands."""

    @app.command("import-ledger")
    def import_ledger_command(
        file: Annotated[
            Path,
            typer.Argument(exists=True, dir_okay=False, readable=True, help="A workbook."),
        ],
        community: Annotated[
            str | None, typer.Option(help="Whose ledger; may be left out where there is one.")
        ] = None,
        as_of: Annotated[
            datetime | None,
            typer.Option(formats=[_DAY], help="The day it speaks of, unless it says so itself."),
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Only read it; no store and no settings.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Import a committee's resident ledger: check it, accept it, apply it.

        May be stopped and begun again; the same file again changes nothing.
        """
        order = LedgerOrder(
            file=file,
            community_id=community,
            as_of=as_of.date() if as_of else None,
            as_json=as_json,
        )
        try:
            if dry_run:
                read_ledger(_reading, order, _today())
            else:
                asyncio.run(_import(opened, order))
        except CommandRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None

    @app.command("work-import", hidden=True)
    def work_import(
        import_id: Annotated[str, typer.Argument(help="The batch.")],
        community: Annotated[str, typer.Option(help="Whose it is.")],
        run: Annotated[int, typer.Option(help="The number of this run.")],
    ) -> None:
        """Work on one run of a batch; the worker calls this, and holds standard input."""
        settings = load(ResidentsSettings)
        end_with_parent()
        limit_memory(settings.import_memory_mib)
        start_telemetry(settings, process="residents-import")
        # Not by an exception: threads that still read would be waited for.
        os._exit(asyncio.run(_worked(opened, community, import_id, run)))


async def _worked(opened: Opened, community_id: str, import_id: str, run: int) -> int:
    """Returns: the exit code, see `ChildProcesses`."""
    try:
        async with opened() as rooms:
            await rooms.imports.room.use_cases.work_on_batch(community_id, import_id, run)
    except (ResidentsError, ChassisError):
        return STOPPED_EXIT_CODE
    return 0


async def _import(opened: Opened, order: LedgerOrder) -> None:
    configure_logs("residents-import", "WARNING")
    async with opened() as rooms:
        desk = ImportDesk(
            imports=rooms.imports.room.use_cases,
            batches=rooms.imports.batches,
            communities=rooms.imports.communities,
            read=_reading,
            today=_today,
        )
        await import_ledger(desk, order)


def _today() -> date:
    return datetime.now(_CHINA).date()


def _reading(file: bytes, default_as_of: date) -> LedgerReading:
    return read(open_workbook(file), default_as_of=default_as_of)

"""The command import-ledger."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from chassis.clock import utc_now
from chassis.logs import configure_logs

from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.bootstrap.rooms import Rooms
from residents.command_line.founding import CommandRefused
from residents.command_line.importing import ImportDesk, LedgerOrder, import_ledger, read_ledger
from residents.domain.china_days import day_of
from residents.domain.ledger.reading import LedgerReading, read

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]
_DAY = "%Y-%m-%d"


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
                read_ledger(_reading, order, day_of(utc_now()))
            else:
                asyncio.run(_import(opened, order))
        except CommandRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None


async def _import(opened: Opened, order: LedgerOrder) -> None:
    configure_logs("residents-import", "WARNING")
    async with opened() as rooms:
        desk = ImportDesk(
            imports=rooms.imports.room.use_cases,
            batches=rooms.imports.batches,
            communities=rooms.imports.communities,
            read=_reading,
            today=rooms.foundation.today,
        )
        await import_ledger(desk, order)


def _reading(file: bytes, today: date, default_as_of: date | None) -> LedgerReading:
    return read(open_workbook(file), today=today, default_as_of=default_as_of)

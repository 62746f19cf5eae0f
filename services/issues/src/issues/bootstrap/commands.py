"""What operators call: the commands that every service has, and this one's own."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from chassis.errors import StoreUnavailable
from chassis.service_commands import Processes, mount_service_commands

from issues.bootstrap.processes import HOUSE, build_api, build_worker
from issues.settings import IssuesSettings

if TYPE_CHECKING:
    from chassis.graphql import Schema


async def sweep_clocks(*, dry_run: bool = False) -> int:
    """Do what time has made due, or only count it. Returns: how many issues that is."""
    async with HOUSE.opened() as rooms:
        sweep = rooms.handling.sweep_clocks
        return await (sweep.count_due() if dry_run else sweep())


def build_schema() -> "Schema":
    """This service's part of the graph."""
    from issues.api.schema import build

    return build()


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(IssuesSettings, build_api, build_worker, build_schema, HOUSE.indexes)
    )
    HOUSE.mount_commands(app)

    @app.command("sweep-clocks")
    def sweep(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say how many are due, do nothing.")
        ] = False,
    ) -> None:
        """Tell what ran short or out, end waits, settle by silence: as the worker always does."""
        try:
            due = asyncio.run(sweep_clocks(dry_run=dry_run))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(1) from None
        typer.echo(f"{due} issues {'are due' if dry_run else 'were due'}")

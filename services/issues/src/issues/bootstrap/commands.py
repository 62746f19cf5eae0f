"""What operators call: the commands that every service has, and this one's own."""

import asyncio
from typing import TYPE_CHECKING

import typer
from chassis.service_commands import Processes, mount_service_commands

from issues.bootstrap.processes import HOUSE, build_api, build_worker
from issues.settings import IssuesSettings

if TYPE_CHECKING:
    from chassis.graphql import Schema


async def sweep_clocks() -> int:
    """Do what time has made due. Returns: how many issues that was."""
    async with HOUSE.opened() as rooms:
        return await rooms.handling.sweep_clocks()


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
    def sweep() -> None:
        """Tell what ran short or out, end waits, settle by silence: as the worker always does."""
        typer.echo(f"{asyncio.run(sweep_clocks())} issues were due")

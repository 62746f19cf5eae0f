"""The commands that every service has: its two processes, its schema and its indexes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

import typer

from chassis.errors import StoreUnavailable
from chassis.foundation import store_of
from chassis.memory import keep_little_memory
from chassis.mongo import Index
from chassis.server import Service, run
from chassis.settings import ServiceSettings, load
from chassis.telemetry import start_telemetry

if TYPE_CHECKING:
    from chassis.graphql import Schema

S = TypeVar("S", bound=ServiceSettings)


@dataclass(frozen=True)
class Processes(Generic[S]):
    """What a service's bootstrap builds.

    Each imports what only it needs when it is called: a worker without the graph is 20 MB smaller
    than one with it.

    Attributes:
        schema: needs no setting and no store.
        indexes: every index that the service's store must have.
    """

    settings: type[S]
    build_api: Callable[[S], Awaitable[Service]]
    build_worker: Callable[[S], Awaitable[Service]]
    schema: Callable[[], "Schema"]
    indexes: Callable[[S], Sequence[Index]]


def mount_service_commands(app: typer.Typer, processes: Processes[S]) -> None:
    """Add `api`, `worker`, `schema` and `create-indexes` to a service's commands."""
    name = processes.settings.service_name

    @app.command()
    def api() -> None:
        """Answer requests until SIGTERM."""
        _run(f"{name}-api", processes.settings, processes.build_api)

    @app.command()
    def worker() -> None:
        """Do what nobody waits for, such as publishing and hearing events, until SIGTERM."""
        _run(f"{name}-worker", processes.settings, processes.build_worker)

    @app.command()
    def schema() -> None:
        """Print this service's part of the graph."""
        typer.echo(processes.schema().as_str())

    @app.command("create-indexes")
    def create_indexes(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Name those that would be made, make none.")
        ] = False,
    ) -> None:
        """Make the store have every index; those already there cost nothing."""
        settings = load(processes.settings)
        indexes = processes.indexes(settings)
        try:
            missing = asyncio.run(_create(settings, indexes, dry_run=dry_run))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(1) from None
        for index in missing if dry_run else ():
            typer.echo(f"would make {index.collection}.{index.name}")
        there = len(indexes) - len(missing) if dry_run else len(indexes)
        typer.echo(f"{there} indexes are there")


def _run(process: str, settings: type[S], build: Callable[[S], Awaitable[Service]]) -> None:
    keep_little_memory()
    loaded = load(settings)
    start_telemetry(loaded, process=process)
    raise SystemExit(run(lambda: build(loaded)))


async def _create(
    settings: ServiceSettings, indexes: Sequence[Index], *, dry_run: bool
) -> list[Index]:
    """Returns: those that were not there."""
    store = store_of(settings)
    try:
        missing = await store.missing_indexes(indexes)
        if not dry_run:
            await store.create_indexes(indexes)
        return missing
    finally:
        await store.close()

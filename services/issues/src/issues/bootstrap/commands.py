"""What operators call: the commands that every service has, and this one's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from chassis.key_commands import mount_key_commands
from chassis.person_keys import PersonKeys
from chassis.rewrapping import Rewrapping
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load

from chassis import commands
from issues.api.schema import build as build_schema
from issues.bootstrap.processes import build_api, build_worker, event_plumbing, indexes
from issues.bootstrap.rooms import Rooms, build
from issues.consumers.comment_events import OUTREACH_TOPIC
from issues.consumers.on_account_roles_changed import RESIDENTS_TOPIC
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.settings import IssuesSettings


@asynccontextmanager
async def opened() -> AsyncIterator[Rooms]:
    """Everything built, and the store closed at the end."""
    rooms = build(load(IssuesSettings))
    try:
        yield rooms
    finally:
        await rooms.foundation.store.close()


@asynccontextmanager
async def open_events() -> AsyncIterator[commands.OpenEvents]:
    """Open what the event commands need."""
    async with opened() as rooms:
        yield commands.OpenEvents(
            plumbing=event_plumbing(rooms.foundation.settings),
            store=rooms.foundation.store,
            listens_to=[OUTREACH_TOPIC, ISSUES_TOPIC, RESIDENTS_TOPIC],
            facts=[fact for room in rooms.all for fact in room.facts],
        )


@asynccontextmanager
async def open_rewrapping() -> AsyncIterator[Rewrapping]:
    """Open what the wrapping keys lock: this service keeps no secret of its own."""
    async with opened() as rooms:
        foundation = rooms.foundation
        wrapping = foundation.settings.wrapping_keys()
        keys = PersonKeys(foundation.store, wrapping, now=foundation.now)
        yield Rewrapping(foundation.store, wrapping, keys)


async def sweep_clocks() -> int:
    """Do what time has made due. Returns: how many issues that was."""
    async with opened() as rooms:
        return await rooms.handling.sweep_clocks()


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(IssuesSettings, build_api, build_worker, build_schema, indexes)
    )
    commands.mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)

    @app.command("sweep-clocks")
    def sweep() -> None:
        """Tell what ran short or out, end waits, settle by silence: as the worker always does."""
        typer.echo(f"{asyncio.run(sweep_clocks())} issues were due")

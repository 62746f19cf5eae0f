"""What operators call: the commands that every service has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from chassis.commands import OpenEvents, mount_event_commands
from chassis.key_commands import mount_key_commands
from chassis.rewrapping import Rewrapping
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load

from outreach.adapters.topics import EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS, VOUCHERS_EVENTS
from outreach.api.schema import build as build_schema
from outreach.bootstrap.processes import build_api, build_worker, event_plumbing, indexes
from outreach.bootstrap.rooms import PLANS, Rooms, build
from outreach.settings import OutreachSettings


@asynccontextmanager
async def opened() -> AsyncIterator[Rooms]:
    """Everything built, and closed at the end."""
    rooms = build(load(OutreachSettings))
    try:
        yield rooms
    finally:
        await rooms.foundation.store.close()


@asynccontextmanager
async def open_events() -> AsyncIterator[OpenEvents]:
    """What the event commands need."""
    async with opened() as rooms:
        yield OpenEvents(
            plumbing=event_plumbing(rooms.foundation.settings),
            store=rooms.foundation.store,
            listens_to=[EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS, VOUCHERS_EVENTS],
            facts=[fact for room in rooms.all for fact in room.facts],
        )


@asynccontextmanager
async def open_rewrapping() -> AsyncIterator[Rewrapping]:
    """What the wrapping keys lock."""
    async with opened() as rooms:
        foundation = rooms.foundation
        yield Rewrapping(
            foundation.store,
            foundation.wrapping_keys,
            foundation.person_keys,
            secrets=tuple(sealed for plan in PLANS for sealed in plan.sealed),
        )


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(OutreachSettings, build_api, build_worker, build_schema, indexes)
    )
    mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)

"""What operators call: the commands that every service has, and this one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from chassis.key_commands import mount_key_commands
from chassis.rewrapping import Rewrapping
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load

from chassis import commands
from vouchers.api.schema import build as build_schema
from vouchers.bootstrap.ledger_commands import mount_ledger_commands
from vouchers.bootstrap.processes import build_api, build_worker, event_plumbing, indexes
from vouchers.bootstrap.rooms import Rooms, build
from vouchers.consumers.topics import ISSUES_TOPIC, RESIDENTS_TOPIC
from vouchers.domain.events import SERVICE_TOPIC
from vouchers.settings import VouchersSettings


@asynccontextmanager
async def opened() -> AsyncIterator[Rooms]:
    """Everything built, and the store closed at the end."""
    rooms = build(load(VouchersSettings))
    try:
        yield rooms
    finally:
        await rooms.foundation.store.close()


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""

    @asynccontextmanager
    async def open_events() -> AsyncIterator[commands.OpenEvents]:
        async with opened() as rooms:
            yield commands.OpenEvents(
                plumbing=event_plumbing(rooms.foundation.settings),
                store=rooms.foundation.store,
                listens_to=[RESIDENTS_TOPIC, ISSUES_TOPIC, SERVICE_TOPIC],
                facts=[fact for room in rooms.all for fact in room.facts],
            )

    @asynccontextmanager
    async def open_rewrapping() -> AsyncIterator[Rewrapping]:
        async with opened() as rooms:
            foundation = rooms.foundation
            yield Rewrapping(foundation.store, foundation.wrapping_keys, foundation.person_keys)

    mount_service_commands(
        app, Processes(VouchersSettings, build_api, build_worker, build_schema, indexes)
    )
    commands.mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)
    mount_ledger_commands(app, opened)

"""What operators call: the commands that every service has, and this one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from chassis.errors import ChassisError
from chassis.key_commands import mount_key_commands
from chassis.requests import Requests
from chassis.rewrapping import Rewrapping
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load

from chassis import commands
from residents.api.schema import build as build_schema
from residents.bootstrap.import_commands import mount_import_commands
from residents.bootstrap.login_commands import mount_login_commands
from residents.bootstrap.merchants import VOUCHERS_TOPIC
from residents.bootstrap.privacy_commands import mount_privacy_commands
from residents.bootstrap.processes import build_api, build_worker, event_plumbing, indexes
from residents.bootstrap.rooms import PLANS, Rooms, build
from residents.command_line.founding import CommandRefused, FoundingOrder, Printed, found_community
from residents.domain.errors import ResidentsError
from residents.domain.events import SERVICE_TOPIC
from residents.settings import ResidentsSettings

__all__ = ["CommandRefused", "FoundingOrder"]


@asynccontextmanager
async def opened() -> AsyncIterator[Rooms]:
    """Everything built, and the store closed at the end."""
    rooms = build(load(ResidentsSettings))
    try:
        yield rooms
    finally:
        await rooms.foundation.store.close()


async def create_community(order: FoundingOrder) -> Printed:
    """Found a community with its first secretary. Raises: CommandRefused."""
    async with opened() as rooms:
        requests = Requests(rooms.foundation.keyed_hash)
        founding = rooms.identity.room.use_cases.create_community
        return await found_community(founding, requests, order)


async def rotate_signing_key(*, force: bool) -> str:
    """Let the next key sign. Returns: its id. Raises: CommandRefused."""
    async with opened() as rooms:
        try:
            return (await rooms.identity.rotate_signing_key(force=force)).active.id
        except (ResidentsError, ChassisError) as error:
            raise CommandRefused(str(error)) from error


def mount_commands(app: typer.Typer) -> None:
    """Add the commands that every service has."""

    @asynccontextmanager
    async def open_events() -> AsyncIterator[commands.OpenEvents]:
        async with opened() as rooms:
            yield commands.OpenEvents(
                plumbing=event_plumbing(rooms.foundation.settings),
                store=rooms.foundation.store,
                listens_to=[SERVICE_TOPIC, VOUCHERS_TOPIC],
                facts=[fact for room in rooms.all for fact in room.facts],
            )

    @asynccontextmanager
    async def open_rewrapping() -> AsyncIterator[Rewrapping]:
        async with opened() as rooms:
            foundation = rooms.foundation
            yield Rewrapping(
                foundation.store,
                foundation.wrapping_keys,
                foundation.person_keys,
                secrets=tuple(sealed for plan in PLANS for sealed in plan.sealed),
            )

    mount_service_commands(
        app, Processes(ResidentsSettings, build_api, build_worker, build_schema, indexes)
    )
    commands.mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)
    mount_login_commands(app, opened)
    mount_privacy_commands(app, opened)
    mount_import_commands(app, opened)

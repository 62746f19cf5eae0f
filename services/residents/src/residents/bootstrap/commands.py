"""What operators call: the commands that every service has, and this one's own."""

from typing import TYPE_CHECKING

import typer
from chassis.errors import ChassisError
from chassis.requests import Requests
from chassis.service_commands import Processes, mount_service_commands

from residents.application.ports import NoSigningKeys
from residents.bootstrap.import_commands import mount_import_commands
from residents.bootstrap.login_commands import mount_login_commands
from residents.bootstrap.merchant_commands import mount_merchant_commands
from residents.bootstrap.privacy_commands import mount_privacy_commands
from residents.bootstrap.processes import HOUSE, build_api, build_worker
from residents.command_line.founding import CommandRefused, FoundingOrder, Printed, found_community
from residents.domain.errors import ResidentsError
from residents.settings import ResidentsSettings

if TYPE_CHECKING:
    from chassis.graphql import Schema

__all__ = ["CommandRefused", "FoundingOrder"]


async def create_community(order: FoundingOrder) -> Printed:
    """Found a community with its first secretary. Raises: CommandRefused."""
    async with HOUSE.opened() as rooms:
        requests = Requests(rooms.foundation.keyed_hash)
        founding = rooms.identity.room.use_cases.create_community
        return await found_community(founding, requests, order)


async def rotate_signing_key(*, force: bool, dry_run: bool = False) -> str:
    """Let the next key sign, or only say which. Returns: its id. Raises: CommandRefused."""
    async with HOUSE.opened() as rooms:
        rotate = rooms.identity.rotate_signing_key
        try:
            keys = await (rotate.foretell(force=force) if dry_run else rotate(force=force))
            return keys.active.id
        except NoSigningKeys:
            raise CommandRefused("NO_SIGNING_KEYS: the api makes them when it starts") from None
        except (ResidentsError, ChassisError) as error:
            raise CommandRefused(str(error)) from error


def build_schema() -> "Schema":
    """This service's part of the graph."""
    from residents.api.schema import build

    return build()


def mount_commands(app: typer.Typer) -> None:
    """Add the commands that every service has."""
    mount_service_commands(
        app, Processes(ResidentsSettings, build_api, build_worker, build_schema, HOUSE.indexes)
    )
    HOUSE.mount_commands(app)
    mount_login_commands(app, HOUSE.opened)
    mount_merchant_commands(app, HOUSE.opened)
    mount_privacy_commands(app, HOUSE.opened)
    mount_import_commands(app, HOUSE.opened)

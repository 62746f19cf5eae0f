"""What operators call: the commands that every service has."""

from typing import TYPE_CHECKING

import typer
from chassis.service_commands import Processes, mount_service_commands

from outreach.bootstrap.processes import HOUSE, build_api, build_worker
from outreach.settings import OutreachSettings

if TYPE_CHECKING:
    from chassis.graphql import Schema


def build_schema() -> "Schema":
    """This service's part of the graph."""
    from outreach.api.schema import build

    return build()


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(OutreachSettings, build_api, build_worker, build_schema, HOUSE.indexes)
    )
    HOUSE.mount_commands(app)

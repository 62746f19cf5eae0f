"""What operators call: the commands that every service has."""

import typer
from chassis.service_commands import Processes, mount_service_commands

from outreach.api.schema import build as build_schema
from outreach.bootstrap.processes import HOUSE, build_api, build_worker
from outreach.settings import OutreachSettings


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(OutreachSettings, build_api, build_worker, build_schema, HOUSE.indexes)
    )
    HOUSE.mount_commands(app)

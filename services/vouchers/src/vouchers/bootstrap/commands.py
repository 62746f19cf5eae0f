"""What operators call: the commands that every service has, and this one's own."""

from typing import TYPE_CHECKING

import typer
from chassis.service_commands import Processes, mount_service_commands

from vouchers.bootstrap.ledger_commands import mount_ledger_commands
from vouchers.bootstrap.processes import HOUSE, build_api, build_worker
from vouchers.settings import VouchersSettings

if TYPE_CHECKING:
    from chassis.graphql import Schema


def build_schema() -> "Schema":
    """This service's part of the graph."""
    from vouchers.api.schema import build

    return build()


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(VouchersSettings, build_api, build_worker, build_schema, HOUSE.indexes)
    )
    HOUSE.mount_commands(app)
    mount_ledger_commands(app, HOUSE.opened)

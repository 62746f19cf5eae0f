"""The command about merchants' clients: issue-merchant-client."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import typer
from chassis.requests import Requests

from residents.bootstrap.rooms import Rooms
from residents.command_line.merchant_clients import ClientDesk, mount_merchant_client_commands

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]


def mount_merchant_commands(app: typer.Typer, opened: Opened) -> None:
    """Add it to the service's commands."""

    @asynccontextmanager
    async def open_desk() -> AsyncIterator[ClientDesk]:
        async with opened() as rooms:
            requests = Requests(rooms.foundation.keyed_hash)
            yield ClientDesk(rooms.merchants.use_cases.issue, requests)

    mount_merchant_client_commands(app, open_desk)

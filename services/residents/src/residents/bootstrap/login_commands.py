"""The command about logins: reset-credentials."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import typer

from residents.application.logins.reset_by_operator import ResetByOperator
from residents.bootstrap.rooms import Rooms
from residents.command_line.resetting import mount_reset_commands

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]


def mount_login_commands(app: typer.Typer, opened: Opened) -> None:
    """Add it to the service's commands."""

    @asynccontextmanager
    async def open_reset() -> AsyncIterator[ResetByOperator]:
        async with opened() as rooms:
            yield rooms.logins.use_cases.reset_by_operator

    mount_reset_commands(app, open_reset)

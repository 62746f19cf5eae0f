"""The commands about privacy: verify-audit and show-stored."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import typer

from residents.adapters.privacy.stored_documents import StoredDocuments
from residents.application.privacy.verify_trail import VerifyTrail
from residents.bootstrap.bound_accounts import bound_accounts
from residents.bootstrap.privacy import trail_verification
from residents.bootstrap.rooms import Rooms
from residents.command_line.auditing import mount_audit_commands
from residents.command_line.showing import Showing, mount_showing_commands

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]


def mount_privacy_commands(app: typer.Typer, opened: Opened) -> None:
    """Add them to the service's commands."""

    @asynccontextmanager
    async def open_verification() -> AsyncIterator[VerifyTrail]:
        async with opened() as rooms:
            yield trail_verification(rooms.foundation)

    @asynccontextmanager
    async def open_showing() -> AsyncIterator[Showing]:
        async with opened() as rooms:
            foundation = rooms.foundation
            yield Showing(StoredDocuments(foundation.store), bound_accounts(foundation))

    mount_audit_commands(app, open_verification)
    mount_showing_commands(app, open_showing)

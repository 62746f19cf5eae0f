"""The commands about money: verify-ledger and expire-vouchers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import typer

from vouchers.application.cards.expire_vouchers import ExpireVouchers
from vouchers.application.ledger.verify_ledger import VerifyLedger
from vouchers.bootstrap.rooms import Rooms
from vouchers.command_line.verifying import mount_expiring, mount_verifying

Opened = Callable[[], AbstractAsyncContextManager[Rooms]]


def mount_ledger_commands(app: typer.Typer, opened: Opened) -> None:
    """Add them to the service's commands."""

    @asynccontextmanager
    async def open_verification() -> AsyncIterator[VerifyLedger]:
        async with opened() as rooms:
            yield rooms.ledger.use_cases.verify

    @asynccontextmanager
    async def open_expiry() -> AsyncIterator[ExpireVouchers]:
        async with opened() as rooms:
            yield rooms.cards.room.use_cases.expire

    mount_verifying(app, open_verification)
    mount_expiring(app, open_expiry)

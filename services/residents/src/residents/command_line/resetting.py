"""The command by which an operator lets somebody in who has lost their credentials."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated

import typer
from chassis.errors import ChassisError
from chassis.ids import derived_id, new_id

from residents.application.logins.approve_credential_reset import ApprovedReset
from residents.application.logins.reset_by_operator import ResetByOperator
from residents.command_line.founding import CommandRefused
from residents.domain.errors import ResidentsError
from residents.domain.naming import folded_username

OpenReset = Callable[[], AbstractAsyncContextManager[ResetByOperator]]


def mount_reset_commands(app: typer.Typer, open_reset: OpenReset) -> None:
    """Add `reset-credentials`."""

    @app.command("reset-credentials")
    def reset_credentials(
        username: Annotated[str, typer.Option(help="What the person logs in with.")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Make a code by which somebody sets a new password and device, good for 24 hours.

        For where there are not two others of the office to do it. It is in the audit trail as
        done by the command line. What is printed is shown now and not again.
        """
        try:
            approved = asyncio.run(_reset(open_reset, username))
        except CommandRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
        printed = {
            "accountId": approved.account.id,
            "resetCode": approved.reset_code,
            "expiresAt": approved.code.expires_at.isoformat(),
        }
        if as_json:
            typer.echo(json.dumps(printed))
            return
        for label, value in printed.items():
            typer.echo(f"{label:<12} {value}")


async def _reset(open_reset: OpenReset, username: str) -> ApprovedReset:
    async with open_reset() as reset:
        try:
            return await reset(derived_id("login", folded_username(username)), new_id("reset"))
        except (ResidentsError, ChassisError) as error:
            raise CommandRefused(str(error)) from error

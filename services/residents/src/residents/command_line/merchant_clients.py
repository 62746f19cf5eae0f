"""The command that gives a merchant's system its credentials."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Literal

import typer
from chassis.errors import ChassisError
from chassis.ids import derived_id, new_id
from chassis.requests import Requests

from residents.application.merchants.issue_client import IssueClient, Issued, NewClient
from residents.command_line.founding import CommandRefused
from residents.domain.errors import ResidentsError
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client

_OPERATOR = "command_line"


@dataclass(frozen=True)
class ClientDesk:
    """What the command needs of the service."""

    issue: IssueClient
    requests: Requests


OpenDesk = Callable[[], AbstractAsyncContextManager[ClientDesk]]


def mount_merchant_client_commands(app: typer.Typer, open_desk: OpenDesk) -> None:
    """Add `issue-merchant-client` to the service's commands."""

    @app.command("issue-merchant-client")
    def issue_merchant_client(
        community: Annotated[str, typer.Option(help="The id of the merchant's community.")],
        merchant: Annotated[str, typer.Option(help="The merchant's id; it must be approved.")],
        kind: Annotated[
            Literal["till", "portal"], typer.Option(help="What the system is.")
        ] = "till",
        request_id: Annotated[
            str | None, typer.Option(help="The same in a repeat: it makes no other. Default: new.")
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say whether one could be made, make none.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Give a merchant's till or portal an id and a secret for POST /oauth/token.

        The secret is shown now and not again; whoever loses it has the client revoked by the
        office and another made.
        """
        operator = Actor(_OPERATOR, community, "", (RoleGrant(Role.SECRETARY),))
        request_id = request_id or new_id("request")
        new = NewClient(
            client_id=derived_id("client", _OPERATOR, community, request_id),
            merchant_id=merchant,
            kind=Client(kind),
        )
        try:
            issued = asyncio.run(_issued(open_desk, operator, new, request_id, dry_run=dry_run))
        except CommandRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
        if issued is None:
            typer.echo(f"a {kind} of {merchant} would get an id and a secret")
            return
        _print(issued, request_id, as_json=as_json)


async def _issued(
    open_desk: OpenDesk, operator: Actor, new: NewClient, request_id: str, *, dry_run: bool
) -> Issued | None:
    async with open_desk() as desk:
        request = desk.requests.request_for(
            _OPERATOR, request_id, issue_client_for=new.merchant_id, kind=new.kind
        )
        try:
            if dry_run:
                await desk.issue.check(operator, new)
                return None
            return await desk.issue(operator, new, request=request)
        except (ResidentsError, ChassisError) as error:
            raise CommandRefused(str(error)) from error


def _print(issued: Issued, request_id: str, *, as_json: bool) -> None:
    printed = {
        "clientId": issued.client.id,
        "clientSecret": issued.secret,
        "requestId": request_id,
    }
    if as_json:
        typer.echo(json.dumps(printed))
        return
    for label, value in printed.items():
        typer.echo(f"{label:<12} {value or '(shown the first time only)'}")

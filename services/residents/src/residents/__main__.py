"""The command `residents`: api, worker, create-community and what operators need besides."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from datetime import datetime
from typing import Annotated, Any, TypeVar

import typer

from residents.bootstrap import commands as bootstrap

T = TypeVar("T")
_PASSWORD_VARIABLE = "SECRETARY_PASSWORD"  # noqa: S105 - a name, no password

app = typer.Typer(help="People: identity and login.", no_args_is_help=True)
bootstrap.mount_commands(app)


@app.command("rotate-signing-key")
def rotate_signing_key(
    force: Annotated[
        bool, typer.Option("--force", help="Even if some service may not know the key yet.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which key would sign, do nothing.")
    ] = False,
) -> None:
    """Let the next key sign access tokens; the old one is believed until its tokens are dead."""
    key_id = _done(bootstrap.rotate_signing_key(force=force, dry_run=dry_run))
    typer.echo(f"{key_id} {'would sign' if dry_run else 'signs'} from now on")


@app.command("create-community")
def create_community(
    name: Annotated[str, typer.Option(help="What the community is called.")],
    secretary_username: Annotated[str, typer.Option(help="What the secretary logs in with.")],
    secretary_name: Annotated[str, typer.Option(help="What the secretary is called.")],
    founded_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    request_id: Annotated[
        str | None, typer.Option(help="The same in a repeat: it changes nothing. Default: new.")
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Found a community with its first secretary, who exists in no other way.

    The password is read from standard input or SECRETARY_PASSWORD; without either one is made
    and printed. What is printed is shown now and not again, except to a repeat with the same
    request id and the same password.
    """
    order = bootstrap.FoundingOrder(
        name=name,
        founded_on=founded_on.date() if founded_on else None,
        secretary_username=secretary_username,
        secretary_name=secretary_name,
        request_id=request_id,
        password=_password(from_stdin=password_stdin),
    )
    made = _done(bootstrap.create_community(order))
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
        return
    for label, value in made.items():
        typer.echo(f"{label:<12} {value or '(shown the first time only)'}")


def _done(work: Coroutine[Any, Any, T]) -> T:
    """What comes of it; a refusal is one line and exit code 1."""
    try:
        return asyncio.run(work)
    except bootstrap.CommandRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None


def _password(*, from_stdin: bool) -> str | None:
    if not from_stdin:
        return os.environ.get(_PASSWORD_VARIABLE) or None
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise typer.BadParameter("there is no password on standard input")
    return password


if __name__ == "__main__":
    app()

"""The command of every service that lets a wrapping key be retired: rewrap-keys."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated

import typer

from chassis.encryption import CannotDecrypt, UnknownWrappingKey
from chassis.errors import StoreUnavailable
from chassis.rewrapping import Rewrapped, Rewrapping

OpenRewrapping = Callable[[], AbstractAsyncContextManager[Rewrapping]]


def mount_key_commands(app: typer.Typer, open_rewrapping: OpenRewrapping) -> None:
    """Add `rewrap-keys` to a service's commands."""

    @app.command("rewrap-keys")
    def rewrap_keys(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say how much there is to do, and do nothing.")
        ] = False,
    ) -> None:
        """Lock everything under the first of KEY_WRAPPING_KEYS, so that the others can go.

        Begin when every process of the service has the new key first. May be stopped and begun
        again; take the old key out once --dry-run finds nothing.
        """
        done = asyncio.run(_rewrapped(open_rewrapping, dry_run=dry_run))
        were = "would be" if dry_run else "were"
        typer.echo(
            f"{done.person_keys} keys of people and {done.secrets} secrets of the service "
            f"{were} locked under the current key"
        )


async def _rewrapped(open_rewrapping: OpenRewrapping, *, dry_run: bool) -> Rewrapped:
    try:
        async with open_rewrapping() as rewrap:
            return await rewrap(dry_run=dry_run)
    except UnknownWrappingKey as error:
        typer.echo(f"UnknownWrappingKey: KEY_WRAPPING_KEYS lacks {error}", err=True)
    except CannotDecrypt as error:
        typer.echo(f"CannotDecrypt: {error}: another key has the same id", err=True)
    except StoreUnavailable as error:
        typer.echo(error.for_operators, err=True)
    raise typer.Exit(1)

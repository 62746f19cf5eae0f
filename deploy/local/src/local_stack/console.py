"""What the commands tell the person, step by step."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False)


def done(what: str, seconds: float) -> None:
    """Say that a step is over."""
    console.print(f"[green]✓[/] {what}  [dim]{seconds:.1f} s[/]")


def note(what: str) -> None:
    """Say something worth knowing."""
    console.print(f"[dim]·[/] {what}")


def failed(what: str) -> None:
    """Say why it did not work. The text is printed as it is."""
    console.print("[red]✗[/]", end=" ")
    console.print(what, markup=False)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show that something is going on, then how long it took."""
    since = time.monotonic()
    with console.status(what):
        yield
    done(what, time.monotonic() - since)

"""What the commands tell the person, step by step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

_WIDTH_OF_A_FILE = 120

# Into a file or a pipe nothing is folded to the 80 columns that rich assumes there.
console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE)


def done(what: str, seconds: float) -> None:
    """Say that a step is over."""
    console.print(f"[green]✓[/] {what}  [dim]{seconds:.1f} s[/]")


def note(what: str) -> None:
    """Say something worth knowing."""
    console.print(f"[dim]·[/] {what}")


def failed(what: str) -> None:
    """Say why it did not work. The text is printed as it is."""
    for number, line in enumerate(what.splitlines()):
        console.print("[red]✗[/]" if number == 0 else " ", end=" ")
        console.print(line, markup=False, soft_wrap=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show that something is going on, then how long it took."""
    since = time.monotonic()
    with console.status(what):
        yield
    done(what, time.monotonic() - since)

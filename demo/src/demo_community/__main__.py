"""`python -m demo_community write --to FOLDER`."""

from pathlib import Path
from typing import Annotated

import typer

from demo_community.demo_files import write_big_ledger, write_demo
from demo_community.plan import RESIDENTS, SEED

app = typer.Typer(help="The demo community's ledger and owners' register; nobody in it is real.")


@app.callback()
def demo_community() -> None:
    """Keep `write` a command of its own."""


@app.command()
def write(
    to: Annotated[Path, typer.Option(help="The folder; made where it is not there.")],
    residents: Annotated[
        int,
        typer.Option(min=RESIDENTS, help="More of them: the ledger alone, over more estates."),
    ] = RESIDENTS,
    seed: Annotated[int, typer.Option(help="Another seed, other people.")] = SEED,
) -> None:
    """Write the files, the same to the byte whenever it is done."""
    if residents == RESIDENTS:
        write_demo(to, seed)
    else:
        write_big_ledger(to, residents, seed)


if __name__ == "__main__":
    app()

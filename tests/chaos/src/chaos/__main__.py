"""`make chaos`: kill -9 under load by a schedule, and audit what is left.

The seed gives the schedule and what each actor chooses. What it does not give is the order in
which the processes of the machine get their turns, so two runs of one seed write at other
moments, and a kill may meet another write.
"""

import asyncio
import logging
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import ROOT
from local_stack.store import chosen_build
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chaos.run import Result, Run
from chaos.schedule import Kill, NothingToKill, planned
from chaos.summary import show

_SEED_BELOW = 1_000_000
_MISUSED = 2
app = typer.Typer(add_completion=False)


@app.command()
def main(
    seed: Annotated[int | None, typer.Option(help="Of the schedule and of all choices.")] = None,
    kills: Annotated[int, typer.Option(min=1, help="How many of each kind of process.")] = 20,
    only: Annotated[
        str, typer.Option(help="Processes or kinds alone, such as issues-worker,kafka.")
    ] = "",
    residents: Annotated[int, typer.Option(min=1, max=40, help="Who act at once.")] = 6,
    audit_every: Annotated[int, typer.Option(min=1, help="Audit after so many kills.")] = 40,
    keep: Annotated[bool, typer.Option(help="Leave the stack's folder for looking.")] = False,
) -> None:
    """Kill processes of a stack of its own under load, and audit what is left."""
    # Kafka is away on purpose: what its client says of it, ten times a second, hides the rest.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    console = Console()
    seed = secrets.randbelow(_SEED_BELOW) if seed is None else seed
    names = [name.strip() for name in only.split(",") if name.strip()]
    try:
        schedule = planned(seed, kills=kills, only=names)
    except NothingToKill as error:
        console.print(f"[red]✗[/] no process and no kind is called {error}")
        raise typer.Exit(_MISUSED) from error
    replay = f"make chaos SEED={seed} KILLS={kills}{f' ONLY={only}' if only else ''}"
    console.print(f"seed {seed}: {len(schedule)} kills; again by: {replay}", highlight=False)
    if chosen_build() == "wheel":
        console.print("the store is the wheel, which is slow: `make store` compiles the other")
    folder = Path(tempfile.mkdtemp(prefix="linli-chaos-"))
    stack = StackByCommands.in_folder(folder / "state")
    try:
        with console.status("bringing a stack up"):
            up = stack.run("up", "--no-story")
        if up.returncode != 0:
            console.print(up.stdout, markup=False, highlight=False)
            raise typer.Exit(1)
        result = _played(console, stack, schedule, seed, kills, names, residents, audit_every)
    finally:
        stack.run("down")
    path = ROOT / "build" / f"chaos-{seed}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1))
    show(console, result, replay=replay)
    console.print(f"written to {path.relative_to(ROOT)}", highlight=False)
    if not result.is_kept or keep:
        console.print(f"logs and data are in {folder}", highlight=False)
    else:
        stack.run("clean")
    sys.exit(0 if result.is_kept else 1)


def _played(
    console: Console,
    stack: StackByCommands,
    schedule: tuple[Kill, ...],
    seed: int,
    kills: int,
    only: list[str],
    residents: int,
    audit_every: int,
) -> Result:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
    with bar:
        task = bar.add_task("begin", total=len(schedule))
        run = Run(
            stack.layout,
            schedule,
            seed=seed,
            residents=residents,
            audit_every=audit_every,
            progress=lambda what, behind: bar.update(task, description=what, completed=behind),
        )
        return asyncio.run(run.play(kills=kills, only=only, store=chosen_build()))


if __name__ == "__main__":
    app()

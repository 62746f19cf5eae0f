"""`make chaos`: kill -9 under load by a schedule, and audit what is left.

The seed gives the schedule and what each actor chooses. What it does not give are the request ids,
which must be new in each run, and the order in which the processes of the machine get their turns:
two runs of one seed write at other moments, and a kill may meet another write.
"""

import asyncio
import contextlib
import logging
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import ROOT
from local_stack.leash import Leash
from local_stack.store import chosen_build
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chaos.run import Result, Run
from chaos.schedule import Kill, NothingToKill, planned
from chaos.summary import show

_SEED_BELOW = 1_000_000
_RESIDENTS, _AUDIT_EVERY = 6, 40
_MISUSED = 2
app = typer.Typer(add_completion=False)


@app.command()
def main(
    seed: Annotated[int | None, typer.Option(help="Of the schedule and of all choices.")] = None,
    kills: Annotated[int, typer.Option(min=1, help="How many of each kind of process.")] = 20,
    only: Annotated[
        str, typer.Option(help="Processes or kinds alone, such as issues-worker,kafka.")
    ] = "",
    residents: Annotated[int, typer.Option(min=1, max=40, help="Who act at once.")] = _RESIDENTS,
    audit_every: Annotated[
        int, typer.Option(min=1, help="Audit after so many kills.")
    ] = _AUDIT_EVERY,
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
    replay = replay_of(seed, kills, only, residents, audit_every)
    console.print(f"seed {seed}: {len(schedule)} kills; again by: {replay}", highlight=False)
    if chosen_build() == "wheel":
        console.print("the store is the wheel, which is slow: `make store` compiles the other")
    folder = Path(tempfile.mkdtemp(prefix="linli-chaos-"))
    path = ROOT / "build" / f"chaos-{seed}.json"
    console.print(f"logs and data are in {folder}", highlight=False)
    with _stack_up(console, folder / "state") as stack:
        run, bar = _run(console, stack, schedule, seed, residents, audit_every)
        about: dict[str, Any] = {"kills": kills, "only": names, "store": chosen_build()}
        try:
            with bar:
                result = asyncio.run(run.play(**about))
        except BaseException as error:
            _write(path, run.so_far(**about, ended_by=f"{type(error).__name__}: {error}"))
            console.print(f"broken off; written to {path.relative_to(ROOT)}", highlight=False)
            raise
    _write(path, result)
    show(console, result, replay=replay)
    console.print(f"written to {path.relative_to(ROOT)}", highlight=False)
    if result.is_kept and not keep:
        shutil.rmtree(folder)
    else:
        console.print(f"logs and data stay in {folder}", highlight=False)
    sys.exit(0 if result.is_kept else 1)


def replay_of(seed: int, kills: int, only: str, residents: int, audit_every: int) -> str:
    """Return the command that plays a run again, with whatever was not as usual."""
    if (residents, audit_every) == (_RESIDENTS, _AUDIT_EVERY):
        return f"make chaos SEED={seed} KILLS={kills}" + (f" ONLY='{only}'" if only else "")
    chosen = f"--seed {seed} --kills {kills}" + (f" --only '{only}'" if only else "")
    others = f"--residents {residents} --audit-every {audit_every}"
    return f".venv/bin/python -m chaos {chosen} {others}"


@contextlib.contextmanager
def _stack_up(console: Console, state: Path) -> Iterator[StackByCommands]:
    """Bring a stack up. Yields: it. It goes down in the end, even of a run that is killed."""
    stack = StackByCommands.in_folder(state)
    leash = Leash()
    leash.run_at_end(stack.argv("down"))
    try:
        with console.status("bringing a stack up"):
            up = stack.run("up", "--no-story")
        if up.returncode != 0:
            console.print(up.stdout, markup=False, highlight=False)
            raise typer.Exit(1)
        yield stack
    finally:
        leash.close()


def _write(path: Path, result: Result) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1))


def _run(
    console: Console,
    stack: StackByCommands,
    schedule: tuple[Kill, ...],
    seed: int,
    residents: int,
    audit_every: int,
) -> tuple[Run, Progress]:
    """Return a run, and the bar that shows how far it is."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
    task = bar.add_task("begin", total=len(schedule))
    run = Run(
        stack.layout,
        schedule,
        seed=seed,
        residents=residents,
        audit_every=audit_every,
        progress=lambda what, behind: bar.update(task, description=what, completed=behind),
    )
    return run, bar


if __name__ == "__main__":
    app()

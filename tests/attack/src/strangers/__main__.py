"""`make attack`: a whole stack of its own, tried by strangers."""

import asyncio
import contextlib
import functools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.down import down
from local_stack.layout import ROOT
from local_stack.leash import Leash
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from strangers.lines import LINES, outcome_of
from strangers.outcome import Outcome
from strangers.report import Report, show
from strangers.target import Effort, target_of

_LARGEST_SEED = 1_000_000
_MANY = "1000000000"
_OPEN_DOORS = {"REQUESTS_PER_MINUTE": _MANY, "ANONYMOUS_REQUESTS_PER_MINUTE": _MANY}
"""The rate is tried at a gateway of its own; here it would hide what it refuses."""
_console = Console(highlight=False)


def main(
    seed: Annotated[int, typer.Option(help="What is drawn; 0 draws a seed.")] = 0,
    only: Annotated[str, typer.Option(help="Lines with commas between: S1,S4.")] = "",
    tries: Annotated[int, typer.Option(help="Inputs drawn for each operation.")] = 20,
) -> None:
    """Bring a stack up, try each line, print what was found; exit 1 if anything was."""
    seed = seed or random.randrange(1, _LARGEST_SEED)  # noqa: S311  it is printed
    wanted = {key.strip().upper() for key in only.split(",") if key.strip()}
    unknown = wanted - {line.key for line in LINES}
    if unknown:
        known = ", ".join(line.key for line in LINES)
        raise typer.BadParameter(f"no line {', '.join(sorted(unknown))}; there are {known}")
    command = f"make attack SEED={seed} TRIES={tries}" + (f" ONLY={only}" if only else "")
    _console.print(f"seed {seed}: {command}")
    effort = Effort(seed, tries, levels=20_000, body_bytes=10 * 1024 * 1024, repeats=5)
    with tempfile.TemporaryDirectory(prefix="linli-attack-") as folder, _leash() as leash:
        outcomes = asyncio.run(_attacked(Path(folder), leash, effort, wanted))
    report = Report(seed, command, outcomes)
    report.write(ROOT / "build" / f"attack-{seed}.json")
    show(report, _console)
    raise typer.Exit(0 if report.is_clean else 1)


@contextlib.contextmanager
def _leash() -> Iterator[Leash]:
    leash = Leash()
    try:
        yield leash
    finally:
        leash.close()


async def _attacked(folder: Path, leash: Leash, effort: Effort, wanted: set[str]) -> list[Outcome]:
    stack = StackByCommands.in_folder(folder / "state", _OPEN_DOORS)
    leash.run_at_end(stack.argv("down"))
    with _progress() as progress:
        task = progress.add_task("the stack comes up", total=None)
        await asyncio.to_thread(stack.must, "up")
        outcomes = []
        try:
            async with target_of(stack, folder / "own", leash) as target:
                for line in LINES:
                    if not wanted or line.key in wanted:
                        progress.reset(task, description=line.key, total=None)
                        watch = functools.partial(progress.advance, task)
                        outcomes.append(await outcome_of(line, target, effort, watch))
        finally:
            progress.update(task, description="the stack goes down")
            await asyncio.to_thread(down, stack.layout)
    return outcomes


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} inputs"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=_console, transient=True)


if __name__ == "__main__":
    typer.run(main)

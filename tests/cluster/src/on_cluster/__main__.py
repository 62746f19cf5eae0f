"""`make test-cluster`: Linli on the cluster that KUBECONFIG points at, installed and taken away."""

import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from on_cluster.kubernetes import Cluster, CommandFailed, run
from on_cluster.outcome import CannotBeDone, Outcome, State, StepFailed
from on_cluster.plan import Step, chosen
from on_cluster.steps.take_away import take_away
from on_cluster.trial import Trial

_REACHED_WITHIN_SECONDS = 20.0
_MARKS = {"done": "[green]✓[/]", "failed": "[bold red]✗[/]", "not possible here": "[yellow]–[/]"}
_HELM_WITHIN_SECONDS = 3_600.0
_MISUSED = 2
app = typer.Typer(add_completion=False)


@app.command()
def main(
    only: Annotated[str, typer.Option(help="Steps alone, apart by commas; needed ones too.")] = "",
    version: Annotated[str, typer.Option(help="Of the images.")] = "0.1.0",
    rate: Annotated[float, typer.Option(min=0.1, help="Requests a second of the load.")] = 8.0,
    load_seconds: Annotated[float, typer.Option(min=1, help="Of each load, at least.")] = 30.0,
    keep: Annotated[bool, typer.Option(help="Leave everything on the cluster.")] = False,
    on: Annotated[
        str, typer.Option(help="The namespace that a run left with --keep: go on there.")
    ] = "",
) -> None:
    """Install Linli, upgrade it under load, break it, repair it, and take it away."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        steps = chosen(only, alone=bool(on))
        kubectl = shutil.which("kubectl")
        if kubectl is None:
            raise CommandFailed("kubectl is not there")
        nodes = asyncio.run(_nodes(kubectl))
        helm = asyncio.run(_helm())
    except (CommandFailed, KeyError) as refusal:
        console.print(f"[bold red]✗[/] {escape(str(refusal.args[0]))}")
        raise typer.Exit(_MISUSED) from None
    name = on or f"linli-test-{secrets.token_hex(3)}"
    console.print(f"{nodes} node(s); namespace {name}; images {version}; {rate:g} requests/s")
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    trial = Trial(Cluster(name, helm, kubectl), version, folder, rate, load_seconds)
    outcomes = asyncio.run(_all(console, trial, steps, keep=keep))
    _summary(console, outcomes)
    if any(outcome.state == "failed" for outcome in outcomes):
        console.print(f"logs and the story's report are in {folder}")
        raise typer.Exit(1)
    shutil.rmtree(folder)


async def _nodes(kubectl: str) -> int:
    said = await run(
        (kubectl, "get", "nodes", "--output=name"), within_seconds=_REACHED_WITHIN_SECONDS
    )
    return len(said.split())


async def _helm() -> str:
    """Return the helm that the charts are tried with, built the first time."""
    said = await run((sys.executable, "-m", "charted"), within_seconds=_HELM_WITHIN_SECONDS)
    return said.splitlines()[-1]


async def _all(console: Console, trial: Trial, steps: list[Step], *, keep: bool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    failed: set[str] = set()
    try:
        for step in steps:
            missing = [name for name in step.needs if name in failed]
            if missing:
                because = f"not tried: {missing[0]} failed"
                outcomes.append(Outcome(step.name, "failed", 0.0, because))
                _tell(console, outcomes[-1])
            else:
                outcomes.append(await _one(console, trial, step.name, step.do))
            if outcomes[-1].state == "failed":
                failed.add(step.name)
    finally:
        if not keep:
            outcomes.append(await _one(console, trial, "take away", take_away))
        await trial.close()
    return outcomes


async def _one(
    console: Console, trial: Trial, name: str, do: Callable[[Trial], Awaitable[str]]
) -> Outcome:
    console.print(f"[dim]{time.strftime('%H:%M:%S')} … {name}[/]")
    since = time.monotonic()
    state: State = "done"
    try:
        said = await do(trial)
    except CannotBeDone as reason:
        said, state = str(reason), "not possible here"
    # A step that ends in any other way has failed, and the cluster must be left as it was.
    except Exception as error:
        words = str(error) if isinstance(error, StepFailed | CommandFailed) else repr(error)
        said, state = words, "failed"
    outcome = Outcome(name, state, time.monotonic() - since, said)
    _tell(console, outcome)
    return outcome


def _tell(console: Console, outcome: Outcome) -> None:
    mark = _MARKS[outcome.state]
    console.print(f"{mark} {outcome.name}  {outcome.seconds:.1f} s  {escape(outcome.said)}")


def _summary(console: Console, outcomes: list[Outcome]) -> None:
    table = Table("", "step", "s", "seen", show_lines=True)
    for outcome in outcomes:
        table.add_row(
            _MARKS[outcome.state], outcome.name, f"{outcome.seconds:.1f}", escape(outcome.said)
        )
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)
    passed = sum(outcome.state == "done" for outcome in outcomes)
    failed = sum(outcome.state == "failed" for outcome in outcomes)
    lacking = len(outcomes) - passed - failed
    console.print(f"{lacking} not possible on this cluster" if lacking else "")
    console.print(f"{passed} passed, {failed} failed")


if __name__ == "__main__":
    app()

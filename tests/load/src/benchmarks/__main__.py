"""`make bench`: measure, and show the figures as a table, a chart and build/bench.json."""

import asyncio
import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from local_stack.console import console, failed
from local_stack.layout import ROOT
from local_stack.leash import Leash
from local_stack.store import is_installed

from benchmarks.chart import chart_of
from benchmarks.machine import this_machine
from benchmarks.measuring import Benchmark, Result, Workbench
from benchmarks.progress import BarSteps, progress_bar
from benchmarks.registry import chosen
from benchmarks.results_file import Measured, ResultsFile
from benchmarks.table import table_of

_BUILD = ROOT / "build"
_RESULTS, _CHART = _BUILD / "bench.json", _BUILD / "bench.svg"
_SEED = 20_261_101


def main(
    only: Annotated[
        str | None, typer.Option(envvar="ONLY", help="Keys with commas between: W1,W4.")
    ] = None,
    seed: Annotated[int, typer.Option(envvar="SEED", help="Of everything that is drawn.")] = _SEED,
) -> None:
    """Measure W1 to W5, or some of them."""
    mongodb_uri = os.environ.get("MONGODB_URI") or None
    if mongodb_uri is None and not is_installed("rs"):
        failed("benchmarks run on the compiled store or on a MongoDB (MONGODB_URI): make store")
        raise SystemExit(2)
    try:
        benchmarks = chosen(only)
    except KeyError as error:
        failed(str(error.args[0]))
        raise SystemExit(2) from None
    try:
        ResultsFile(_RESULTS).read()
    except msgspec.MsgspecError:
        failed(f"{_RESULTS.relative_to(ROOT)} is of another version: move it away first")
        raise SystemExit(2) from None
    right = [measured_and_kept(benchmark, seed, mongodb_uri) for benchmark in benchmarks]
    if not all(right):
        raise SystemExit(1)


def measured_and_kept(benchmark: Benchmark, seed: int, mongodb_uri: str | None) -> bool:
    """Measure one and show all that is known. Returns: whether what it met was right."""
    machine = this_machine(mongodb_uri)
    console.rule(f"[bold]{benchmark.key}[/] {benchmark.title}, SEED={seed}")
    try:
        result = _run(benchmark, seed, mongodb_uri)
    except Exception:
        failed(f"{benchmark.key} came to no figure\n{traceback.format_exc()}")
        return False
    for fault in result.faults:
        failed(f"{benchmark.key}: {fault}")
    file = ResultsFile(_RESULTS)
    known = file.read()
    if result.faults:
        failed(f"{benchmark.key} is not kept: its last good figures stay")
    else:
        measured = Measured.of(
            result, title=benchmark.title, at=datetime.now(UTC), seed=seed, machine=machine
        )
        known = file.keep(benchmark.key, measured)
        _CHART.write_text(chart_of(known), encoding="utf-8")
    for line in machine.lines():
        console.print(line, markup=False)
    console.print(table_of(known))
    console.print(f"[dim]{_RESULTS.relative_to(ROOT)}, {_CHART.relative_to(ROOT)}[/]")
    return not result.faults


def _run(benchmark: Benchmark, seed: int, mongodb_uri: str | None) -> Result:
    leash = Leash()
    try:
        with progress_bar() as progress, tempfile.TemporaryDirectory() as folder:
            steps = BarSteps(progress, benchmark.key)
            bench = Workbench(seed, steps, Path(folder), leash, mongodb_uri)
            result = asyncio.run(benchmark.run(bench))
            steps.end()
            return result
    finally:
        leash.close()


if __name__ == "__main__":
    typer.run(main)

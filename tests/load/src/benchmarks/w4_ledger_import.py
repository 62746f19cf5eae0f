"""W4: the import of the ledger of 6,543 residents, and how time and memory grow with the rows."""

import asyncio
import os
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from benchmarks import w4_million
from benchmarks.ground import store_for
from benchmarks.machine import Machine, this_machine
from benchmarks.measuring import Figure, Result, Row, Target, Workbench
from benchmarks.runs import Runs
from benchmarks.w4_import_rig import Cost, ImportRun, rig_on
from benchmarks.w4_million import Million
from benchmarks.w4_reading import cpu_seconds

ROWS = 6_543
_LARGE_ROWS = 100_000
_RUNS = 3
_SECONDS = 3.0
_GROWTH = Target("at most", 1.25, of="ratio")
"""Of seconds a row: more than this is not linear."""


@dataclass(frozen=True)
class Measured:
    """Every import that was run.

    Attributes:
        large: of a hundred thousand rows, on a store that has the demo ledgers already.
        million: as it was last kept; None where it was never measured.
        million_faults: of the import of a million that was run just now.
        reading_cpu_seconds: of the demo ledger, by way, of each run.
    """

    demo: Sequence[ImportRun]
    large: ImportRun
    million: Million | None
    reading_cpu_seconds: Mapping[str, Sequence[float]]
    million_faults: Sequence[str] = ()


class LedgerImport:
    """W4; a million rows besides with ROWS_1M=1, which takes many minutes.

    The imports run as a worker's do, in processes of their own, but with the limits of time and
    memory lifted which they have there, and without the worker's wait before it takes one up.
    """

    key: ClassVar[str] = "W4"
    title: ClassVar[str] = "import of the ledger, 6,543 residents, checked and applied"

    def __init__(self, large_rows: int = _LARGE_ROWS, runs: int = _RUNS) -> None:
        self._large_rows = large_rows
        self._runs = runs
        self._with_million = os.environ.get("ROWS_1M") == "1"

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark."""
        bench.steps.plan(5 + self._runs + 2 * self._with_million)
        async with store_for(bench) as store:

            async def imported(ledger: Path) -> ImportRun:
                async with rig_on(bench, *store) as rig:
                    return await rig.run(ledger)

            demo_ledger = await _ledger(bench, None)
            bench.steps.begin("the workbook alone, by calamine and by reading, in turn")
            reading: dict[str, list[float]] = {"calamine": [], "reading": []}
            for _ in range(self._runs):
                for way, seconds in reading.items():
                    seconds.append(await cpu_seconds(way, demo_ledger))
            bench.steps.done()
            demo = []
            for number in range(self._runs + 1):
                bench.steps.begin("warm-up" if number == 0 else f"run {number} of {self._runs}")
                run = await imported(demo_ledger)
                if number > 0:
                    demo.append(run)
                    bench.steps.say(_line(run))
                bench.steps.done()
            large = await self._one(bench, self._large_rows, imported)
            million_faults: list[str] = []
            if self._with_million:
                million = await self._one(bench, w4_million.ROWS, imported)
                million_faults = faults_of(million)
                if not million_faults:
                    w4_million.keep(_million_of(million, demo, this_machine(bench.mongodb_uri)))
        return result_of(Measured(demo, large, w4_million.kept(), reading, million_faults))

    async def _one(
        self, bench: Workbench, rows: int, imported: Callable[[Path], Awaitable[ImportRun]]
    ) -> ImportRun:
        ledger = await _ledger(bench, rows)
        bench.steps.begin(f"{rows:,} rows")
        run = await imported(ledger)
        bench.steps.say(_line(run))
        bench.steps.done()
        return run


def result_of(measured: Measured) -> Result:
    """The figures, the table and what is wrong."""
    seconds = Runs([run.seconds for run in measured.demo])
    demo = _median_of(measured.demo)
    large, million = measured.large, measured.million
    growth = (large.seconds / large.rows) / (demo.seconds / demo.rows)
    reading = {way: Runs(seconds) for way, seconds in measured.reading_cpu_seconds.items()}
    calamine = reading["calamine"].median
    peaks = [_peak_mb(run) for run in (*measured.demo, large)]
    figures: dict[str, Figure] = {
        "rows": demo.rows,
        "seconds": round(seconds.median, 2),
        "rows_100k_seconds": round(large.seconds, 1),
        "seconds_a_row_100k_to_6543": round(growth, 2),
        "max_rss_mb": round(max(peaks), 1),
        "max_rss_mb_6543": round(max(_peak_mb(run) for run in measured.demo), 1),
        "process_cpu_seconds": round(sum(each.own_cpu_seconds for each in demo.steps.values()), 2),
        "store_cpu_seconds": round(sum(each.store_cpu_seconds for each in demo.steps.values()), 2),
        "reading_ratio_to_calamine": round(reading["reading"].median / calamine, 2),
        "steps": {name: _figures_of(cost) for name, cost in demo.steps.items()},
        "steps_100k": {name: _figures_of(cost) for name, cost in large.steps.items()},
    }
    figures |= w4_million.figures_of(million)
    rows = (
        Row.of_runs(
            name="sent, checked, applied",
            runs=seconds,
            unit="s",
            target=Target("at most", _SECONDS),
        ),
        *(
            Row(name=name, value=statistics.median(_seconds(measured.demo, name)), unit="s")
            for name in demo.steps
        ),
        Row(
            name=f"a row of {large.rows:,}",
            value=large.seconds / large.rows * 1_000,
            unit="ms",
            reference=demo.seconds / demo.rows * 1_000,
            reference_name=f"a row of {demo.rows:,}",
            target=_GROWTH,
        ),
        *(million.as_rows(_GROWTH) if million else ()),
        Row(name="largest process", value=max(peaks), unit="MB"),
        Row.of_runs(
            name="reading, processor",
            runs=reading["reading"],
            unit="s",
            reference=calamine,
            reference_name="calamine alone",
        ),
    )
    faults = [fault for run in (*measured.demo, large) for fault in faults_of(run)]
    return Result(figures, rows, (*faults, *measured.million_faults))


def faults_of(run: ImportRun) -> list[str]:
    """What a run left undone."""
    found = []
    if run.stored != run.rows:
        found.append(f"{run.rows:,} people were checked and {run.stored:,} are in the archive")
    if run.held:
        found.append(f"of {run.held:,} people of {run.rows:,} nobody was told")
    return found


def _figures_of(cost: Cost) -> dict[str, Figure]:
    return {
        "seconds": round(cost.seconds, 2),
        "process_cpu_seconds": round(cost.own_cpu_seconds, 2),
        "store_cpu_seconds": round(cost.store_cpu_seconds, 2),
        "peak_mb": round(cost.peak_mb, 1),
    }


def _peak_mb(run: ImportRun) -> float:
    return max(cost.peak_mb for cost in run.steps.values())


def _median_of(runs: Sequence[ImportRun]) -> ImportRun:
    median = statistics.median(run.seconds for run in runs)
    return min(runs, key=lambda run: abs(run.seconds - median))


def _seconds(runs: Sequence[ImportRun], step: str) -> list[float]:
    return [run.steps[step].seconds for run in runs]


def _million_of(run: ImportRun, demo: Sequence[ImportRun], machine: Machine) -> Million:
    reference = _median_of(demo)
    return Million(
        measured_on=w4_million.today(),
        machine=machine,
        rows=run.rows,
        seconds=round(run.seconds, 1),
        steps={name: round(cost.seconds, 1) for name, cost in run.steps.items()},
        reference_rows=reference.rows,
        reference_seconds=round(reference.seconds, 3),
        peak_mb=round(_peak_mb(run), 1),
    )


def _line(run: ImportRun) -> str:
    steps = ", ".join(
        f"{name} {cost.seconds:.2f} s (processor {cost.own_cpu_seconds:.2f},"
        f" store {cost.store_cpu_seconds:.2f}, {cost.peak_mb:.0f} MB)"
        for name, cost in run.steps.items()
    )
    return f"  {run.rows:,} rows in {run.seconds:.2f} s: {steps}"


async def _ledger(bench: Workbench, rows: int | None) -> Path:
    """Write the demo ledger, or a larger one."""
    bench.steps.begin("writing a ledger" if rows is None else f"writing a ledger of {rows:,} rows")
    folder = bench.folder / f"ledger-{rows or 'demo'}"
    folder.mkdir()
    size = [] if rows is None else ["--residents", str(rows)]
    command = [sys.executable, "-m", "demo_community", "write", "--to", str(folder), *size]
    await asyncio.to_thread(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
    bench.steps.done()
    return folder / "resident-ledger.xlsx"

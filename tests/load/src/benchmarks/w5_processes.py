"""W5: what each process has in memory after a load, and how soon after its start it is ready."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from typing import ClassVar, Literal

import httpx
import psutil
from local_stack.acting.ledgers import import_ledger
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town, found_town
from local_stack.programs import SERVICES, answers_ready

from benchmarks.demo_ledger import demo_ledger
from benchmarks.measuring import Figure, Result, Row, Target, Workbench
from benchmarks.runs import Runs
from benchmarks.whole_stack import UNLIMITED, at_rest, running_stack

Kind = Literal["api", "worker", "gateway"]
_MOST_MB: dict[Kind, float] = {"api": 130, "worker": 110}
_MOST_SECONDS = 4.0
_STARTS = 5
_REQUESTS = 300
_ASKED_AT_ONCE = 8
_LOOKS_EVERY_SECONDS = 0.02
_READY_WITHIN_SECONDS = 120.0
_ANSWER_WITHIN_SECONDS = 60.0
_QUESTIONS = (
    '{ searchResidents(by: {tag: "党员"}, first: 50) { nodes { id maskedName age } } }',
    "{ issues(first: 50) { nodes { id state } } }",
    "{ campaigns(first: 50) { nodes { id title } } }",
    "{ comments(first: 50) { nodes { id state redactedText } } }",
)
"""One for each service, as the office asks."""


@dataclass(frozen=True)
class Start:
    """One start of one process.

    Attributes:
        seconds: from its first moment until it said that it was ready.
        mb: what it had in memory when the load was over and all of it was heard, in millions of
            bytes; it may have been more in between.
    """

    seconds: float
    mb: float


class Processes:
    """W5."""

    key: ClassVar[str] = "W5"
    title: ClassVar[str] = "each process: memory after a load, time to be ready"

    def __init__(self, starts: int = _STARTS, requests: int = _REQUESTS) -> None:
        self._starts = starts
        self._requests = requests

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark."""
        names = process_names()
        bench.steps.plan(1 + self._starts * (len(names) + 1))
        ledger = await asyncio.to_thread(demo_ledger, bench.folder)
        bench.steps.begin("bringing a stack up")
        async with (
            running_stack(bench, **UNLIMITED) as stack,
            httpx.AsyncClient(timeout=_ANSWER_WITHIN_SECONDS, trust_env=False) as client,
        ):
            bench.steps.done()
            started: dict[str, list[Start]] = {name: [] for name in names}
            for number in range(1, self._starts + 1):
                ready = {}
                for name in names:
                    bench.steps.begin(f"start {number} of {self._starts}: {name}")
                    ready[name] = await asyncio.to_thread(_restarted, stack, name)
                    bench.steps.done()
                bench.steps.begin(f"start {number} of {self._starts}: load")
                await self._load(await found_town(stack.layout, client), ledger)
                await at_rest(bench, stack)
                for name, (process, seconds) in ready.items():
                    started[name].append(Start(seconds, process.memory_info().rss / 1e6))
                bench.steps.done()
        return result_of(started)

    async def _load(self, town: Town, ledger: bytes) -> None:
        """A ledger is imported, whose events all workers hear, and the office asks each service."""
        await import_ledger(town, ledger)
        numbers = iter(range(self._requests))

        async def asks() -> None:
            for number in numbers:
                await town.data(_QUESTIONS[number % len(_QUESTIONS)])

        await asyncio.gather(*(asks() for _ in range(_ASKED_AT_ONCE)))


def process_names() -> list[str]:
    """Every process of Linli itself."""
    return [*(f"{name}-{role}" for name in SERVICES for role in ("api", "worker")), "gateway"]


def result_of(started: dict[str, list[Start]]) -> Result:
    """The figures and the table; a process is as good as the median of its starts."""
    rows, max_rss_mb, max_start_seconds = [], {}, {}
    for name, starts in started.items():
        memory = Runs([start.mb for start in starts])
        seconds = Runs([start.seconds for start in starts])
        max_rss_mb[name] = round(memory.median, 1)
        max_start_seconds[name] = round(seconds.median, 2)
        most_mb = _MOST_MB.get(kind_of(name))
        rows += [
            Row.of_runs(
                name=f"{name}, memory after the load",
                runs=memory,
                unit="MB",
                target=None if most_mb is None else Target("at most", most_mb),
            ),
            Row.of_runs(
                name=f"{name}, ready",
                runs=seconds,
                unit="s",
                target=Target("at most", _MOST_SECONDS),
            ),
        ]
    figures: dict[str, Figure] = {
        "max_rss_mb": dict(max_rss_mb),
        "max_start_seconds": dict(max_start_seconds),
        "starts": len(next(iter(started.values()))),
    }
    return Result(figures, tuple(rows))


def kind_of(name: str) -> Kind:
    """Which kind of process it is."""
    last = name.rpartition("-")[2]
    return "api" if last == "api" else "worker" if last == "worker" else "gateway"


def _restarted(stack: StackByCommands, name: str) -> tuple[psutil.Process, float]:
    """Stop one process and start it. Returns: the new one, and when it was ready by its age."""
    stack.must("stop", name)
    began = time.time()
    with tempfile.TemporaryFile() as said:
        starting = psutil.Popen(
            stack.argv("start", name), env=stack.env(), stdout=said, stderr=said
        )
        try:
            ready_at = _ready_at(stack.layout.address(name), began + _READY_WITHIN_SECONDS)
        except TimeoutError:
            starting.kill()
            starting.wait()
            raise
        if starting.wait() != 0:
            said.seek(0)
            raise RuntimeError(said.read().decode())
    process = stack.process(name)
    return process, ready_at - process.create_time()


def _ready_at(address: str, deadline: float) -> float:
    while not answers_ready(address):
        if time.time() > deadline:
            raise TimeoutError(f"{address} is not ready")
        time.sleep(_LOOKS_EVERY_SECONDS)
    return time.time()

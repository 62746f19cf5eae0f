"""Two sides that answer the same, measured in turn by the same clients."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.ground import CpuMeter, percentile

_PROGRAM = Path(__file__).with_name("w1_pages.mjs")
_SECONDS_TO_END = 120


@dataclass(frozen=True)
class Side:
    """What answers.

    Attributes:
        gateway: its address.
        pids: of the processes that work for it, by name; the store works for both.
    """

    name: str
    gateway: str
    pids: Mapping[str, int]


@dataclass(frozen=True)
class Wanted:
    """A page that a client asks for, and the answer that is right."""

    token: str
    body: str
    page: object


class Answered(msgspec.Struct, rename="camel", frozen=True):
    """What the clients saw.

    Attributes:
        milliseconds: that each page took.
        faults: the first wrong answers, told; faulty counts them all.
        cpu_seconds: of the clients' own process.
    """

    seconds: float
    milliseconds: list[float]
    faults: list[str]
    faulty: int
    cpu_seconds: float


@dataclass(frozen=True)
class Run:
    """One run of one side.

    Attributes:
        cpu_ms_per_page: by process, that of the clients included.
    """

    pages_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms_per_page: dict[str, float]
    pages: int
    faults: tuple[str, ...]


def run(
    side: Side, connections: Sequence[Sequence[Wanted]], *, seconds: float, folder: Path
) -> Run:
    """Let the clients ask a side for so long. Raises: RuntimeError if they could not."""
    orders, answers = folder / "orders.json", folder / "answers.json"
    orders.write_bytes(
        msgspec.json.encode(
            {"url": f"{side.gateway}/graphql", "seconds": seconds, "connections": connections}
        )
    )
    meter = CpuMeter(side.pids)
    ended = subprocess.run(  # noqa: S603
        ["node", str(_PROGRAM), str(orders), str(answers)],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=seconds + _SECONDS_TO_END,
        check=False,
    )
    used = meter.seconds()
    if ended.returncode != 0:
        raise RuntimeError(ended.stderr)
    seen = msgspec.json.decode(answers.read_bytes(), type=Answered)
    return _run_of(side, seen, used | {"clients": seen.cpu_seconds})


def _run_of(side: Side, seen: Answered, cpu_seconds: Mapping[str, float]) -> Run:
    pages = len(seen.milliseconds)
    if not pages:
        raise RuntimeError(f"{side.name} answered nothing: {seen.faults}")
    faults = tuple(f"{side.name}: {fault}" for fault in seen.faults)
    if seen.faulty > len(seen.faults):
        faults += (f"{side.name}: {seen.faulty} wrong answers in all",)
    return Run(
        pages_per_second=pages / seen.seconds,
        p50_ms=percentile(seen.milliseconds, 50),
        p99_ms=percentile(seen.milliseconds, 99),
        cpu_ms_per_page={name: each * 1_000 / pages for name, each in cpu_seconds.items()},
        pages=pages,
        faults=faults,
    )

"""W3: from a commit in one service to its effect in another, at fifty a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from chassis.mongo import Collection

from benchmarks.ground import CpuMeter, Ground, ground_for, percentile
from benchmarks.measuring import Figure, Result, Row, Target, Workbench
from benchmarks.runs import Runs
from benchmarks.w3_bare_path import BarePath, bare_path_on
from benchmarks.w3_comments import Comments, comments_on
from benchmarks.w3_watching import Delays, Write, watched

_PER_SECOND = 50
_SECONDS = 20
_WARM_UP_SECONDS = 8
_PAIRS = 3
_LONGEST_SECONDS = 30
_MOST_MS = 250
_MOST_RATIO = 2


@dataclass(frozen=True)
class Pair:
    """A stretch of the bare path, and one of the services directly after it.

    Attributes:
        published: seconds from each acknowledged comment to the broker's word for its event.
        cpu_seconds: of each process during the services' stretch.
    """

    bare: Delays
    delays: Delays
    published: Sequence[float]
    cpu_seconds: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """The services' 99th percentile in terms of the bare path's."""
        return self.delays.milliseconds(99) / self.bare.milliseconds(99)


class EventDelay:
    """W3: pairs of stretches in turn; a figure is the median of theirs."""

    key: ClassVar[str] = "W3"
    title: ClassVar[str] = "a commit in one service to its effect in another, at 50 events/s"

    def __init__(
        self,
        seconds: int = _SECONDS,
        warm_up_seconds: int = _WARM_UP_SECONDS,
        pairs: int = _PAIRS,
    ) -> None:
        self._seconds = seconds
        self._warm_up_seconds = warm_up_seconds
        self._pairs = pairs
        self._written = 0

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark."""
        bench.steps.plan(1 + 2 * self._pairs)
        async with (
            ground_for(bench) as ground,
            bare_path_on(ground) as bare,
            comments_on(ground) as comments,
        ):
            bench.steps.begin("warm-up")
            await self._stretch(bare.write, bare.effects, self._warm_up_seconds)
            await self._stretch(comments.write, comments.effects, self._warm_up_seconds)
            bench.steps.done()
            pairs = [
                await self._pair(bench, number, ground, bare, comments)
                for number in range(1, self._pairs + 1)
            ]
        return result_of(pairs)

    async def _pair(
        self, bench: Workbench, number: int, ground: Ground, bare: BarePath, comments: Comments
    ) -> Pair:
        of_all = f"run {number} of {self._pairs}"
        bench.steps.begin(f"{of_all}: a write, a message, a write")
        bare_delays = await self._stretch(bare.write, bare.effects, self._seconds)
        bench.steps.done()
        bench.steps.begin(f"{of_all}: a comment to its intake")
        comments.acknowledged_at.clear()
        meter = CpuMeter({**comments.pids, **ground.pids})
        delays = await self._stretch(comments.write, comments.effects, self._seconds)
        cpu_seconds = meter.seconds()
        published = await comments.seconds_until_published()
        bench.steps.done()
        return Pair(bare_delays, delays, published, cpu_seconds)

    async def _stretch(self, write: Write, effects: Collection, seconds: float) -> Delays:
        count = round(_PER_SECOND * seconds)
        first, self._written = self._written, self._written + count
        return await watched(
            write,
            effects,
            first=first,
            count=count,
            per_second=_PER_SECOND,
            within_seconds=_LONGEST_SECONDS,
        )


def result_of(pairs: Sequence[Pair]) -> Result:
    """The figures, and what must be reached. Raises: ValueError for a stretch without an effect."""
    lost = {
        "comments without an intake": sum(pair.delays.lost for pair in pairs),
        "messages without a write": sum(pair.bare.lost for pair in pairs),
    }
    faults = tuple(
        f"{count} {what} after {_LONGEST_SECONDS} s" for what, count in lost.items() if count
    )
    return Result(_figures_of(pairs), _rows_of(pairs), faults)


def _figures_of(pairs: Sequence[Pair]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for percent in (50, 95, 99):
        figures[f"p{percent}_ms"] = round(_own(pairs, percent).median, 1)
        figures[f"bare_p{percent}_ms"] = round(_bare(pairs, percent).median, 1)
    for percent in (50, 99):
        published = Runs([percentile(pair.published, percent) * 1_000 for pair in pairs])
        figures[f"until_published_p{percent}_ms"] = round(published.median, 1)
    every = [pair.delays for pair in pairs]
    written = sum(len(delays.seconds) + delays.lost for delays in every)
    late = [seconds for delays in every for seconds in delays.late_seconds]
    cpu_seconds = {
        name: sum(pair.cpu_seconds[name] for pair in pairs) for name in pairs[0].cpu_seconds
    }
    return figures | {
        "p99_ms_of_each_run": [round(each, 1) for each in _own(pairs, 99).measured],
        "bare_p99_ms_of_each_run": [round(each, 1) for each in _bare(pairs, 99).measured],
        "ratio_to_bare": round(_ratios(pairs).median, 2),
        "ratio_to_bare_of_each_run": [round(each, 2) for each in _ratios(pairs).measured],
        "ratio_to_bare_at_p50": round(_own(pairs, 50).median / _bare(pairs, 50).median, 2),
        "events": written,
        "events_per_second": _PER_SECOND,
        "too_long_by_at_most_ms": round(max(delays.precision_ms for delays in every), 1),
        "begun_late_p99_ms": round(percentile(late, 99) * 1_000, 1),
        "cpu_ms_an_event": {
            name: round(seconds / written * 1_000, 2) for name, seconds in cpu_seconds.items()
        },
    }


def _rows_of(pairs: Sequence[Pair]) -> tuple[Row, ...]:
    p99, p50, ratio = _own(pairs, 99), _own(pairs, 50), _ratios(pairs)
    published = Runs([percentile(pair.published, 50) * 1_000 for pair in pairs])
    return (
        Row.of_runs(
            name="commit to effect, p99",
            runs=p99,
            unit="ms",
            reference=_bare(pairs, 99).median,
            reference_name="bare path",
            target=Target("at most", _MOST_MS),
        ),
        Row.of_runs(
            name="its ratio to the bare path's, run by run",
            runs=ratio,
            unit="times",
            target=Target("at most", _MOST_RATIO),
        ),
        Row.of_runs(
            name="commit to effect, median",
            runs=p50,
            unit="ms",
            reference=_bare(pairs, 50).median,
            reference_name="bare path",
        ),
        Row.of_runs(
            name="of it until published, median",
            runs=published,
            unit="ms",
        ),
    )


def _own(pairs: Sequence[Pair], percent: float) -> Runs:
    return Runs([pair.delays.milliseconds(percent) for pair in pairs])


def _bare(pairs: Sequence[Pair], percent: float) -> Runs:
    return Runs([pair.bare.milliseconds(percent) for pair in pairs])


def _ratios(pairs: Sequence[Pair]) -> Runs:
    return Runs([pair.ratio for pair in pairs])

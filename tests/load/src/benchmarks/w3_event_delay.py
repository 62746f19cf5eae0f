"""W3: from a commit in one service to its effect in another, at fifty a second."""

from typing import ClassVar

from chassis.mongo import Collection

from benchmarks.ground import CpuMeter, ground_for, percentile
from benchmarks.measuring import Figure, Result, Row, Target, Workbench
from benchmarks.w3_bare_path import bare_path_on
from benchmarks.w3_comments import comments_on
from benchmarks.w3_watching import Delays, Write, watched

_PER_SECOND = 50
_SECONDS = 60
_WARM_UP_SECONDS = 8
_LONGEST_SECONDS = 30
_MOST_MS = 250
_MOST_RATIO = 2


class EventDelay:
    """See docs/performance.md."""

    key: ClassVar[str] = "W3"
    title: ClassVar[str] = "a commit in one service to its effect in another, at 50 events/s"

    def __init__(self, seconds: int = _SECONDS, warm_up_seconds: int = _WARM_UP_SECONDS) -> None:
        self._seconds = seconds
        self._warm_up_seconds = warm_up_seconds
        self._written = 0

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark: the reference's minute half before the services', half after."""
        steps = bench.steps
        steps.plan(5)
        async with ground_for(bench) as ground, bare_path_on(ground) as bare:
            async with comments_on(ground) as comments:
                steps.begin("warm-up")
                for write, effects in (
                    (bare.write, bare.effects),
                    (comments.write, comments.effects),
                ):
                    await self._stretch(write, effects, self._warm_up_seconds)
                steps.done()
                steps.begin("a write, a message, a write, and no more")
                before = await self._stretch(bare.write, bare.effects, self._seconds / 2)
                steps.done()
                steps.begin("a comment in outreach to its intake in issues")
                comments.acknowledged_at.clear()
                meter = CpuMeter({**comments.pids, **ground.pids})
                delays = await self._stretch(comments.write, comments.effects, self._seconds)
                cpu_seconds = meter.seconds()
                published = await comments.seconds_until_published()
                steps.done()
                steps.begin("a write, a message, a write, again")
                after = await self._stretch(bare.write, bare.effects, self._seconds / 2)
                steps.done()
            steps.done()
        return result_of(delays, before.and_then(after), published, cpu_seconds)

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


def result_of(
    delays: Delays, bare: Delays, published: list[float], cpu_seconds: dict[str, float]
) -> Result:
    """The figures, and what must be reached."""
    written = len(delays.seconds) + delays.lost
    p99_ms, bare_p99_ms = delays.milliseconds(99), bare.milliseconds(99)
    figures: dict[str, Figure] = {
        "p50_ms": round(delays.milliseconds(50), 1),
        "p95_ms": round(delays.milliseconds(95), 1),
        "p99_ms": round(p99_ms, 1),
        "bare_p50_ms": round(bare.milliseconds(50), 1),
        "bare_p95_ms": round(bare.milliseconds(95), 1),
        "bare_p99_ms": round(bare_p99_ms, 1),
        "ratio_to_bare": round(p99_ms / bare_p99_ms, 2),
        "ratio_to_bare_at_p50": round(delays.milliseconds(50) / bare.milliseconds(50), 2),
        "until_published_p50_ms": round(percentile(published, 50) * 1_000, 1),
        "until_published_p99_ms": round(percentile(published, 99) * 1_000, 1),
        "events": written,
        "events_per_second": _PER_SECOND,
        "too_long_by_at_most_ms": round(delays.precision_ms, 1),
        "begun_late_p99_ms": round(percentile(delays.late_seconds, 99) * 1_000, 1),
        "cpu_ms_an_event": {
            name: round(seconds / written * 1_000, 2) for name, seconds in cpu_seconds.items()
        },
    }
    rows = (
        Row(
            name="commit to effect, p99",
            value=p99_ms,
            unit="ms",
            target=Target("at most", _MOST_MS),
        ),
        Row(
            name="commit to effect, p99, beside the bare path",
            value=p99_ms,
            unit="ms",
            reference=bare_p99_ms,
            reference_name="bare path",
            target=Target("at most", _MOST_RATIO, of="ratio"),
        ),
        Row(
            name="commit to effect, median",
            value=delays.milliseconds(50),
            unit="ms",
            reference=bare.milliseconds(50),
            reference_name="bare path",
        ),
        Row(name="of it until published, median", value=percentile(published, 50) * 1e3, unit="ms"),
    )
    lost = (("comments without an intake", delays.lost), ("messages without a write", bare.lost))
    faults = tuple(f"{count} {what} after {_LONGEST_SECONDS} s" for what, count in lost if count)
    return Result(figures, rows, faults)

"""Delays are counted from the acknowledgement, and what is lost is known."""

from typing import Any, cast

from benchmarks.w3_watching import Delays, watched
from chassis.mongo import Collection


class Effects:
    """A collection in which effects are there at once, some never."""

    def __init__(self, lost: set[str]) -> None:
        self.lost = lost

    async def find(self, where: dict[str, Any], **_: object) -> list[dict[str, str]]:
        return [{"_id": each} for each in where["_id"]["$in"] if each not in self.lost]


async def write(number: int) -> str:
    return f"effect-{number}"


async def seen(lost: set[str]) -> Delays:
    effects = cast(Collection, Effects(lost))
    return await watched(write, effects, first=5, count=10, per_second=1_000, within_seconds=0.5)


async def test_each_write_is_watched_for_to_its_effect() -> None:
    delays = await seen(set())

    assert (len(delays.seconds), len(delays.late_seconds), delays.lost) == (10, 10, 0)
    assert all(seconds >= 0 for seconds in delays.seconds)


async def test_what_never_comes_is_lost_and_is_no_delay() -> None:
    delays = await seen({"effect-5", "effect-14"})

    assert (len(delays.seconds), delays.lost) == (8, 2)

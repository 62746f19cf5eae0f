"""A process says by name what keeps it from working, and logs only changes."""

import asyncio

from chassis.errors import StoreUnavailable
from chassis.readiness import NotReady, Readiness
from structlog.testing import capture_logs


async def _fine() -> None:
    return


async def _away() -> None:
    raise NotReady("the oven is cold")


async def _hangs() -> None:
    await asyncio.Event().wait()


async def test_all_is_well_when_every_check_says_so() -> None:
    readiness = Readiness()
    readiness.add("store", _fine)
    readiness.add("consumer", lambda: True)
    readiness.open()
    assert await readiness.not_ready() == []


async def test_what_fails_hangs_or_says_no_is_named() -> None:
    readiness = Readiness(timeout_seconds=0.01)
    readiness.add("oven", _away)
    readiness.add("door", lambda: False)
    readiness.add("store", _hangs)
    readiness.add("fine", _fine)
    readiness.open()
    with capture_logs() as logs:
        assert await readiness.not_ready() == ["door", "oven", "store"]
        assert await readiness.not_ready() == ["door", "oven", "store"]
    (line,) = logs
    assert line["reasons"]["oven"] == "the oven is cold"


async def test_a_store_that_is_away_is_said_for_who_operates_this_once() -> None:
    readiness = Readiness()

    async def ping() -> None:
        raise StoreUnavailable

    readiness.add("store", ping)
    readiness.open()
    with capture_logs() as logs:
        for _ in range(5):
            assert await readiness.not_ready() == ["store"]
    (line,) = logs
    assert line["log_level"] == "warning"
    assert line["reasons"] == {
        "store": "StoreUnavailable: the store does not answer at MONGODB_URI"
    }


async def test_a_reason_is_said_once_while_others_come_and_go() -> None:
    readiness, door = Readiness(), iter((False, True, False))
    readiness.add("oven", _away)
    readiness.add("door", lambda: next(door))
    readiness.open()
    with capture_logs() as logs:
        for _ in range(3):
            await readiness.not_ready()
    assert [line["not_ready"] for line in logs] == [["door", "oven"], ["oven"], ["door", "oven"]]
    assert [line["reasons"] for line in logs] == [
        {"door": "says no", "oven": "the oven is cold"},
        {},
        {"door": "says no"},
    ]


async def test_a_change_is_one_line() -> None:
    readiness = Readiness()
    fine = False
    readiness.add("door", lambda: fine)
    readiness.open()
    with capture_logs() as logs:
        await readiness.not_ready()
        fine = True
        assert await readiness.not_ready() == []
        await readiness.not_ready()
    assert [line["event"] for line in logs] == ["not ready", "ready"]


async def test_it_is_not_ready_before_the_start_and_after_the_end() -> None:
    readiness = Readiness()
    assert await readiness.not_ready() == ["starting"]
    readiness.open()
    assert await readiness.not_ready() == []
    readiness.close("stopping")
    assert await readiness.not_ready() == ["stopping"]

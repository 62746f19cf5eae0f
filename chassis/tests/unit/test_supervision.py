"""Background work that ends by itself is begun again, or ends the process; never just gone."""

import asyncio
from contextlib import suppress

import pytest
from chassis.supervision import DEATHS, Background, Died
from chassis.testing_waits import until
from structlog.testing import capture_logs


class Worker:
    def __init__(self, *, deaths: int, by_returning: bool = False) -> None:
        self.lives = 0
        self.ended = False
        self._deaths = deaths
        self._by_returning = by_returning

    async def run(self) -> None:
        self.lives += 1
        if self.lives <= self._deaths:
            if self._by_returning:
                return
            raise ValueError("burnt")
        try:
            await asyncio.Event().wait()
        finally:
            self.ended = True


def _deaths(name: str) -> float:
    return float(DEATHS.labels(name)._value.get())


@pytest.mark.parametrize("by_returning", [False, True])
async def test_work_that_dies_is_logged_counted_and_begun_again(by_returning: bool) -> None:
    name = f"dies-{by_returning}"
    worker = Worker(deaths=2, by_returning=by_returning)
    background = Background(name, worker.run, first_pause_seconds=0.001)
    with capture_logs() as logs:
        background.start()
        await until(lambda: worker.lives == 3)
    assert _deaths(name) == 2
    assert [line["part"] for line in logs] == [name, name]
    await background.stop(1)
    assert worker.ended


async def test_work_that_must_not_die_says_so() -> None:
    task = Background("must", Worker(deaths=1).run, when_it_dies="end").start()
    with pytest.raises(Died, match="must"):
        await task


async def test_work_that_is_told_to_stop_is_not_dead() -> None:
    worker = Worker(deaths=0)
    background = Background("stops", worker.run)
    task = background.start()
    await until(lambda: worker.lives)
    with capture_logs() as logs:
        await background.stop(1)
    assert worker.ended
    assert task.exception() is None
    assert _deaths("stops") == 0
    assert not logs


async def test_work_waiting_to_begin_again_stops_at_once() -> None:
    background = Background("waits", Worker(deaths=9).run, first_pause_seconds=60)
    task = background.start()
    await until(lambda: _deaths("waits") == 1)
    await background.stop(1)
    assert task.done()


async def test_work_that_loses_a_cancellation_is_cancelled_again() -> None:
    at_work, ended = asyncio.Event(), asyncio.Event()

    async def loses_the_first() -> None:
        with suppress(asyncio.CancelledError):
            at_work.set()
            await asyncio.Event().wait()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    background = Background("deaf", loses_the_first)
    task = background.start()
    await at_work.wait()
    with capture_logs() as logs:
        await background.stop(0.01)
    assert task.done()
    assert ended.is_set()
    assert [line["part"] for line in logs] == ["deaf"]


async def test_work_that_is_told_before_its_first_step_never_takes_it() -> None:
    worker = Worker(deaths=0)
    background = Background("early", worker.run)
    task = background.start()
    await background.stop(1)
    assert task.exception() is None
    assert worker.lives == 0


async def test_work_that_cancels_itself_has_died() -> None:
    lives = 0

    async def cancels_itself() -> None:
        nonlocal lives
        lives += 1
        if lives == 1:
            raise asyncio.CancelledError
        await asyncio.Event().wait()

    background = Background("itself", cancels_itself, first_pause_seconds=0.001)
    background.start()
    await until(lambda: lives == 2)
    assert _deaths("itself") == 1
    await background.stop(1)


async def test_stopping_what_never_began_is_nothing() -> None:
    async def never() -> None:
        raise AssertionError

    await Background("never", never).stop(1)

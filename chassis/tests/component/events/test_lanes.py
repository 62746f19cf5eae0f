"""What is slow in a lane of its own keeps nobody in another waiting."""

import asyncio

from chassis.consumer import EarlyArrival, Listener
from chassis.events import Received
from chassis.ids import new_id

from .conftest import Bakery, LoafBaked, eventually, running


async def test_a_lane_that_stands_still_keeps_no_other_waiting(bakery: Bakery) -> None:
    heard: list[str] = []
    may_go_on = asyncio.Event()

    async def at_once(event: Received[LoafBaked]) -> None:
        heard.append(event.data.loaf_id)

    async def in_its_own_time(_: Received[LoafBaked]) -> None:
        await may_go_on.wait()

    slow = bakery.plumbing.consumer(
        bakery.store, [Listener(bakery.topic, LoafBaked, in_its_own_time)], lane="labels"
    )
    async with bakery.listening(Listener(bakery.topic, LoafBaked, at_once)), running(slow.run()):
        await eventually(slow.ready, seconds=30)
        loaf_id = new_id("loaf")
        await bakery.tell(bakery.message(LoafBaked(loaf_id, 0), loaf_id, 1))

        async def is_heard() -> None:
            assert heard == [loaf_id]

        await eventually(is_heard, seconds=20)
        may_go_on.set()


async def test_what_is_early_in_one_lane_is_handed_over_in_that_lane_alone(bakery: Bakery) -> None:
    main_heard: list[str] = []
    tries: list[str] = []

    async def at_once(event: Received[LoafBaked]) -> None:
        main_heard.append(event.data.loaf_id)

    async def second_time(event: Received[LoafBaked]) -> None:
        tries.append(event.data.loaf_id)
        if len(tries) < 3:
            raise EarlyArrival(awaits=new_id("oven"))

    lane = bakery.plumbing.consumer(
        bakery.store, [Listener(bakery.topic, LoafBaked, second_time)], lane="labels"
    )
    async with bakery.listening(Listener(bakery.topic, LoafBaked, at_once)), running(lane.run()):
        await eventually(lane.ready, seconds=30)
        loaf_id = new_id("loaf")
        await bakery.tell(bakery.message(LoafBaked(loaf_id, 0), loaf_id, 1))

        async def is_done() -> None:
            assert len(tries) == 3
            assert await bakery.store.collection("early_arrivals_labels").count({}) == 0

        await eventually(is_done, seconds=40)

    assert main_heard == [loaf_id]
    assert await bakery.store.collection("early_arrivals").count({}) == 0

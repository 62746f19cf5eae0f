"""How far a batch is handled."""

import asyncio

from chassis.consumer_batch import Handled, handle_batch
from chassis.dead_letters import Arrived
from chassis.errors import StoreUnavailable
from hypothesis import given
from hypothesis import strategies as st

TOPIC = "bakery.events"


def messages(partition: int, *offsets: int) -> list[Arrived]:
    return [
        Arrived(topic=TOPIC, partition=partition, offset=offset, key=b"k", value=b"", headers=())
        for offset in offsets
    ]


async def test_each_partition_is_handled_in_order_to_its_end() -> None:
    seen: list[tuple[int, int]] = []

    async def handle(message: Arrived) -> None:
        await asyncio.sleep(0)
        seen.append((message.partition, message.offset))

    handled = await handle_batch([*messages(0, 5, 6, 8), *messages(1, 2)], handle, lambda: False)

    assert handled == [Handled(TOPIC, 0, 9, 3, True), Handled(TOPIC, 1, 3, 1, True)]
    assert [offset for partition, offset in seen if partition == 0] == [5, 6, 8]


async def test_a_partition_stops_before_the_message_that_must_wait() -> None:
    seen: list[int] = []

    async def handle(message: Arrived) -> None:
        if message.offset == 6 and message.partition == 0:
            raise StoreUnavailable
        seen.append(message.offset)

    handled = await handle_batch([*messages(0, 5, 6, 7), *messages(1, 2)], handle, lambda: False)

    assert handled == [Handled(TOPIC, 0, 6, 1, False), Handled(TOPIC, 1, 3, 1, True)]
    assert 7 not in seen


async def test_a_fault_of_the_plumbing_is_waited_on_and_not_passed_over() -> None:
    async def handle(message: Arrived) -> None:
        raise ZeroDivisionError

    assert await handle_batch(messages(0, 5, 6), handle, lambda: False) == [
        Handled(TOPIC, 0, 5, 0, False)
    ]


async def test_stopping_takes_effect_between_messages() -> None:
    seen: list[int] = []

    async def handle(message: Arrived) -> None:
        seen.append(message.offset)

    handled = await handle_batch(messages(0, 5, 6, 7), handle, lambda: len(seen) == 2)

    assert handled == [Handled(TOPIC, 0, 7, 2, False)]
    assert seen == [5, 6]


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=6), min_size=1, max_size=4))
def test_nothing_after_an_unhandled_message_is_handled_or_committed(
    fates: list[list[bool]],
) -> None:
    """Each partition's messages succeed or must wait, as drawn."""
    seen: set[tuple[int, int]] = set()

    async def handle(message: Arrived) -> None:
        if not fates[message.partition][message.offset]:
            raise StoreUnavailable
        seen.add((message.partition, message.offset))

    batch = [
        message
        for partition, fate in enumerate(fates)
        for message in messages(partition, *range(len(fate)))
    ]
    for done in asyncio.run(handle_batch(batch, handle, lambda: False)):
        fate = fates[done.partition]
        first_waiting = fate.index(False) if False in fate else len(fate)
        assert done.next_offset == done.count == first_waiting
        assert done.whole == (first_waiting == len(fate))
        assert {offset for partition, offset in seen if partition == done.partition} == set(
            range(first_waiting)
        )

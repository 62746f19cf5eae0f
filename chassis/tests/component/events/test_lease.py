"""One of many does the work."""

import asyncio

import pytest
from chassis.lease import Held, Lease
from chassis.mongo import Store
from chassis.testing import FrozenClock

from .conftest import eventually, running


class Clocks:
    """Both clocks of one process, moved together."""

    def __init__(self) -> None:
        self.now = FrozenClock()
        self.monotonic_seconds = 0.0

    def monotonic(self) -> float:
        return self.monotonic_seconds

    def advance(self, seconds: float) -> None:
        self.now.advance(seconds=seconds)
        self.monotonic_seconds += seconds


def a_lease(store: Store, clocks: Clocks, holder: str) -> Lease:
    return Lease(store, "oven", now=clocks.now, monotonic=clocks.monotonic, holder=holder)


async def test_only_one_of_many_that_ask_at_once_gets_it(store: Store) -> None:
    clocks = Clocks()
    leases = [a_lease(store, clocks, f"baker-{number}") for number in range(10)]

    held = await asyncio.gather(*(lease.acquire() for lease in leases))

    assert [each.term for each in held if each] == [1]


async def test_another_gets_it_with_the_next_term_once_it_has_expired(store: Store) -> None:
    clocks = Clocks()
    ann, ben = a_lease(store, clocks, "ann"), a_lease(store, clocks, "ben")
    anns = await ann.acquire()
    assert anns is not None

    clocks.advance(9.9)
    assert await ben.acquire() is None
    assert not anns.valid, "a holder stops before another may begin"
    clocks.advance(0.2)
    bens = await ben.acquire()

    assert bens is not None
    assert bens.term == 2
    assert not await ann.renew(anns)
    assert bens.valid
    assert not anns.valid


async def test_a_renewed_lease_is_not_given_to_another(store: Store) -> None:
    clocks = Clocks()
    ann, ben = a_lease(store, clocks, "ann"), a_lease(store, clocks, "ben")
    held = await ann.acquire()
    assert held is not None

    for _ in range(5):
        clocks.advance(7)
        assert await ann.renew(held)
        assert held.valid
        assert await ben.acquire() is None


async def test_a_released_lease_is_free_at_once_and_a_late_release_harms_nobody(
    store: Store,
) -> None:
    clocks = Clocks()
    ann, ben, cid = (a_lease(store, clocks, name) for name in ("ann", "ben", "cid"))
    anns = await ann.acquire()
    assert anns is not None
    await ann.release(anns)

    bens = await ben.acquire()
    assert bens is not None
    await ann.release(anns)

    assert not anns.valid
    assert await cid.acquire() is None


async def test_who_did_not_hear_that_it_got_the_lease_gets_it_again(store: Store) -> None:
    clocks = Clocks()
    ann = a_lease(store, clocks, "ann")
    await ann.acquire()

    again = await ann.acquire()

    assert again is not None
    assert again.term == 2


async def test_work_is_cancelled_when_the_lease_is_lost_and_resumed_when_it_is_free(
    store: Store,
) -> None:
    lease = Lease(store, "oven", seconds=0.4)
    terms: list[int] = []

    async def work(held: Held) -> None:
        terms.append(held.term)
        await asyncio.Event().wait()

    async with running(lease.run(work)):
        await eventually(lambda: terms_are(terms, [1]))
        await store.collection("leases").update_one(
            {"_id": "oven"}, {"$set": {"holder": "thief"}, "$inc": {"term": 1}}
        )
        await eventually(lambda: terms_are(terms, [1, 3]))


async def terms_are(terms: list[int], expected: list[int]) -> bool:
    return terms == expected


async def test_what_the_work_raises_ends_the_run_and_frees_the_lease(store: Store) -> None:
    async def work(held: Held) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Lease(store, "oven").run(work)

    assert await Lease(store, "oven").acquire() is not None


async def test_turns_go_on_after_one_that_failed_and_only_one_replica_takes_them(
    store: Store,
) -> None:
    takers: list[str] = []

    async def turn(name: str) -> None:
        takers.append(name)
        if len(takers) == 2:
            raise ZeroDivisionError

    async def enough() -> bool:
        return len(takers) >= 5

    ann, ben = Lease(store, "oven"), Lease(store, "oven")
    async with (
        running(ann.run_every(0.01, lambda: turn("ann"))),
        running(ben.run_every(0.01, lambda: turn("ben"))),
    ):
        await eventually(enough)

    assert len(set(takers)) == 1


async def test_work_that_needs_no_waiting_is_done_only_where_the_lease_is_free(
    store: Store,
) -> None:
    clocks = Clocks()
    ann, ben = a_lease(store, clocks, "ann"), a_lease(store, clocks, "ben")
    baked = []

    async def bake(held: Held) -> None:
        baked.append(held.term)

    async def bake_while_ben_asks(held: Held) -> None:
        assert not await ben.run_if_free(bake)
        await bake(held)

    assert await ann.run_if_free(bake_while_ben_asks)
    assert await ben.run_if_free(bake)
    assert baked == [1, 2]

"""What is remembered of another's aggregate, whatever the order of arrival."""

import asyncio
import itertools

import msgspec
import pytest
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.projection import Projection

from .conftest import SHOP


class KnownLoaf(msgspec.Struct, frozen=True):
    slices: int
    flour: str | None = None


@pytest.fixture
def known(store: Store) -> Projection[KnownLoaf]:
    return Projection(store, "known_loaves", KnownLoaf)


async def test_every_order_of_arrival_ends_at_the_highest_sequence(
    known: Projection[KnownLoaf],
) -> None:
    for order in itertools.permutations([1, 2, 3]):
        loaf = new_id("loaf")
        for sequence in (*order, *order):
            await known.put(loaf, SHOP, sequence, KnownLoaf(slices=sequence))

        assert await known.get(SHOP, loaf) == KnownLoaf(slices=3)


async def test_all_at_once_end_at_the_highest_sequence(known: Projection[KnownLoaf]) -> None:
    loaf = new_id("loaf")

    await asyncio.gather(*(known.put(loaf, SHOP, n, KnownLoaf(slices=n)) for n in range(1, 20)))
    await asyncio.gather(*(known.put(loaf, SHOP, n, KnownLoaf(slices=n)) for n in range(1, 20)))

    assert await known.get(SHOP, loaf) == KnownLoaf(slices=19)


async def test_an_older_event_is_told_that_it_changed_nothing(
    known: Projection[KnownLoaf],
) -> None:
    loaf = new_id("loaf")

    assert await known.put(loaf, SHOP, 2, KnownLoaf(slices=2, flour="rye"))
    assert not await known.put(loaf, SHOP, 2, KnownLoaf(slices=9))
    assert not await known.put(loaf, SHOP, 1, KnownLoaf(slices=1))

    assert await known.get(SHOP, loaf) == KnownLoaf(slices=2, flour="rye")


async def test_what_is_erased_stays_erased_and_nothing_of_it_is_left(
    known: Projection[KnownLoaf],
) -> None:
    loaf = new_id("loaf")
    await known.put(loaf, SHOP, 2, KnownLoaf(slices=2, flour="rye"))

    await known.erase(loaf, SHOP)
    assert not await known.put(loaf, SHOP, 3, KnownLoaf(slices=3, flour="rye"))

    assert await known.get(SHOP, loaf) is None
    left = await known.collection.find_one({"_id": loaf})
    assert left is not None
    assert left.keys() == {"_id", "community_id", "sequence"}


async def test_what_is_erased_before_it_was_known_is_never_filled(
    known: Projection[KnownLoaf],
) -> None:
    loaf = new_id("loaf")

    await known.erase(loaf, SHOP)
    await known.erase(loaf, SHOP)
    await known.put(loaf, SHOP, 1, KnownLoaf(slices=1))

    assert await known.get(SHOP, loaf) is None


async def test_many_are_read_in_the_order_asked_and_only_of_ones_own_community(
    known: Projection[KnownLoaf],
) -> None:
    one, other, unknown = new_id("loaf"), new_id("loaf"), new_id("loaf")
    await known.put(one, SHOP, 1, KnownLoaf(slices=1))
    await known.put(other, "community_of_others", 1, KnownLoaf(slices=2))

    assert await known.get_many(SHOP, [unknown, other, one]) == [None, None, KnownLoaf(slices=1)]
    assert not await known.put(other, SHOP, 5, KnownLoaf(slices=5))
    assert await known.get("community_of_others", other) == KnownLoaf(slices=2)

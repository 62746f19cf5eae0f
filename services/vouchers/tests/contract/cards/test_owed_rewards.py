"""Rewards that are owed, in memory and in MongoDB: one a key, the earliest earned first."""

from datetime import timedelta

from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.domain.cards.owed_reward import OwedReward

from ...neighbourhood import COMMUNITY, ELSEWHERE, Neighbourhood
from ..conftest import stores_in


def owed(here: Neighbourhood, number: int, *, community_id: str = COMMUNITY) -> OwedReward:
    return OwedReward(
        claim_key=f"reward_{number}",
        community_id=community_id,
        account_id="account_1",
        issue_id=f"issue_{number}",
        earned_at=here.clock() + timedelta(minutes=number // 2),
    )


async def test_they_are_walked_once_each_the_earliest_first(here: Neighbourhood) -> None:
    kept = here.stores.owed
    made = [
        owed(here, number, community_id=ELSEWHERE if number % 3 else COMMUNITY)
        for number in range(5)
    ]
    for each in (*reversed(made), made[2]):
        await kept.keep(each)

    first = await kept.oldest_first(first=3, after=None)
    rest = await kept.oldest_first(first=3, after=first[-1])

    assert [*first, *rest] == made
    assert list(await kept.oldest_first(first=3, after=made[-1])) == []
    assert (await kept.count(COMMUNITY), await kept.count(ELSEWHERE)) == (2, 3)


async def test_what_is_forgotten_is_gone_and_may_be_so_already(here: Neighbourhood) -> None:
    kept = here.stores.owed
    await kept.keep(owed(here, 1))
    await kept.keep(owed(here, 2))

    for _ in range(2):
        await kept.forget(owed(here, 1))

    assert [each.claim_key for each in await kept.oldest_first(first=9, after=None)] == ["reward_2"]


async def test_they_are_walked_by_index(motor: Store, clock: FrozenClock) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    kept = here.stores.owed
    for number in range(30):
        await kept.keep(owed(here, number))
    plans: list[Document] = []
    kept.collection = Recorded(kept.collection, plans)

    first = await kept.oldest_first(first=5, after=None)
    await kept.oldest_first(first=5, after=first[-1])
    await kept.count(COMMUNITY)

    assert_indexed(plans, strictly=await walks_sorted(motor))

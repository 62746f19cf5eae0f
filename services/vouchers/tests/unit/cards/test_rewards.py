"""The reporter of a settled matter is thanked once, if they said so themselves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.events import Received
from chassis.ids import derived_id
from chassis.listening import EarlyArrival
from vouchers.consumers.reward_on_issue_confirmed import (
    IssueConfirmed,
    reward_on_issue_confirmed,
)
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.voucher import How, Voucher, VoucherState

from ...neighbourhood import COMMUNITY, SECRETARY, Neighbourhood, resident

ISSUE = derived_id("issue", "1")
THANKS: dict[str, Any] = {"reward_for": Reward.ISSUE_CONFIRMED, "per_person": 2}


async def confirmed(
    here: Neighbourhood, name: str = "安娜", *, how: str = "reporter", issue_id: str = ISSUE
) -> None:
    """Issues tell of it."""
    said = IssueConfirmed(issue_id, how, resident(name).account_id, here.clock())
    handle = reward_on_issue_confirmed(here.reward, here.clock)
    await handle(_received(issue_id, said))


def _received(issue_id: str, said: IssueConfirmed) -> Received[IssueConfirmed]:
    return Received(
        id=derived_id("event", issue_id),
        type=IssueConfirmed.type,
        subject=issue_id,
        sequence=7,
        community_id=COMMUNITY,
        time=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        data=said,
        traceparent=None,
    )


def given(here: Neighbourhood) -> list[Voucher]:
    return [v for v in here.stores.vouchers.all if v.state is not VoucherState.AVAILABLE]


async def test_a_reporter_who_confirms_gets_one_voucher_that_names_the_matter(
    here: Neighbourhood,
) -> None:
    await here.campaign(**THANKS)
    anna = await here.neighbour("安娜")

    await confirmed(here)

    (voucher,) = given(here)
    assert (voucher.claimed_how, voucher.source_id) == (How.REWARD, ISSUE)
    assert voucher.account_id == anna.account_id


async def test_an_issue_told_of_again_or_confirmed_again_earns_nothing_more(
    here: Neighbourhood,
) -> None:
    await here.campaign(**THANKS)
    await here.neighbour("安娜")

    await confirmed(here)
    await confirmed(here)
    here.clock.advance(days=1)
    await confirmed(here)

    assert len(given(here)) == 1


async def test_another_issue_earns_another(here: Neighbourhood) -> None:
    await here.campaign(**THANKS)
    await here.neighbour("安娜")

    await confirmed(here)
    await confirmed(here, issue_id=derived_id("issue", "2"))

    assert len(given(here)) == 2


@pytest.mark.parametrize("how", ["on_behalf", "silence", "a later word"])
async def test_nothing_else_earns(here: Neighbourhood, how: str) -> None:
    await here.campaign(**THANKS)
    await here.neighbour("安娜")

    await confirmed(here, how=how)

    assert given(here) == []


async def test_without_a_campaign_of_thanks_there_is_nothing(here: Neighbourhood) -> None:
    await here.campaign()
    await here.neighbour("安娜")

    await confirmed(here)

    assert given(here) == []


async def test_caps_stock_pause_and_window_hold_for_thanks_too(here: Neighbourhood) -> None:
    campaign = await here.campaign(reward_for=Reward.ISSUE_CONFIRMED, stock=2)
    for name in ("安娜", "保罗", "克拉"):
        await here.neighbour(name)
        await confirmed(here, name, issue_id=derived_id("issue", name))
    await confirmed(here, issue_id=derived_id("issue", "another"))
    assert len(given(here)) == 2

    await here.pause(campaign)
    await confirmed(here, "克拉", issue_id=derived_id("issue", "paused"))
    here.clock.advance(days=8)
    await confirmed(here, "克拉", issue_id=derived_id("issue", "late"))
    assert len(given(here)) == 2


async def test_who_confirms_after_the_days_last_voucher_gets_one_of_the_next_day(
    here: Neighbourhood,
) -> None:
    await here.campaign(reward_for=Reward.ISSUE_CONFIRMED, stock=3, daily_stock=1)
    names = ("安娜", "保罗", "克拉")
    for name in names:
        await here.neighbour(name)
        await confirmed(here, name, issue_id=derived_id("issue", name))
        here.clock.advance(seconds=1)
    await here.give_owed()
    assert [v.account_id for v in given(here)] == [resident("安娜").account_id]
    assert await here.stores.owed.count(COMMUNITY) == 2

    for day in (2, 3):
        here.clock.advance(days=1)
        for _ in range(2):
            await here.give_owed()
        assert {v.account_id for v in given(here)} == {
            resident(name).account_id for name in names[:day]
        }
    assert here.stores.owed.kept == {}


async def test_a_pause_holds_a_reward_back_and_does_not_lose_it(here: Neighbourhood) -> None:
    campaign = await here.campaign(**THANKS)
    await here.neighbour("安娜")
    await here.pause(campaign)
    await confirmed(here)
    await confirmed(here)
    await here.give_owed()
    assert given(here) == []

    await here.stores.campaigns.change(
        COMMUNITY, campaign.id, lambda each: each.resume(SECRETARY, here.clock())
    )
    await here.mint()
    await here.give_owed()

    (voucher,) = given(here)
    assert voucher.source_id == ISSUE
    assert here.stores.owed.kept == {}


async def test_what_is_owed_is_forgotten_when_no_campaign_can_give_it(here: Neighbourhood) -> None:
    campaign = await here.campaign(**THANKS)
    await here.neighbour("安娜")
    await here.pause(campaign)
    await confirmed(here)
    await here.end(campaign)

    await here.give_owed()

    assert given(here) == []
    assert here.stores.owed.kept == {}


async def test_one_that_fails_holds_up_no_other_that_is_owed(here: Neighbourhood) -> None:
    campaign = await here.campaign(reward_for=Reward.ISSUE_CONFIRMED)
    await here.pause(campaign)
    for name in ("安娜", "保罗"):
        await here.neighbour(name)
        await confirmed(here, name, issue_id=derived_id("issue", name))
        here.clock.advance(seconds=1)
    await here.stores.campaigns.change(
        COMMUNITY, campaign.id, lambda each: each.resume(SECRETARY, here.clock())
    )
    await here.mint()
    find = here.stores.holders.find

    async def fails_for_anna(community_id: str, account_id: str) -> AccountHolder | None:
        if account_id == resident("安娜").account_id:
            raise ConnectionError
        found: AccountHolder | None = await find(community_id, account_id)
        return found

    here.stores.holders.find = fails_for_anna
    with pytest.raises(ExceptionGroup):
        await here.give_owed()
    here.stores.holders.find = find

    assert [v.account_id for v in given(here)] == [resident("保罗").account_id]
    await here.give_owed()
    assert len(given(here)) == 2


async def test_who_is_verified_a_moment_later_is_waited_for(here: Neighbourhood) -> None:
    await here.campaign(**THANKS)
    with pytest.raises(EarlyArrival) as early:
        await confirmed(here)
    assert early.value.awaits == resident("安娜").account_id

    await here.neighbour("安娜")
    await confirmed(here)
    assert len(given(here)) == 1


async def test_who_is_never_verified_is_not_waited_for_for_ever(here: Neighbourhood) -> None:
    await here.campaign(**THANKS)
    said = IssueConfirmed(ISSUE, "reporter", resident("陌生人").account_id, here.clock())
    here.clock.advance(hours=1)

    await reward_on_issue_confirmed(here.reward, here.clock)(_received(ISSUE, said))

    assert given(here) == []
    assert here.clock() - said.confirmed_at == timedelta(hours=1)

"""What vouchers tell is what the contracts say; what is heard is understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from chassis.testing import REQUESTS
from vouchers.application.cards.reward_reporter import RewardOutcome
from vouchers.consumers.ledger_on_campaign_approved import CampaignApproved
from vouchers.consumers.ledger_on_campaign_ended import CampaignEnded
from vouchers.consumers.ledger_on_voucher_claimed import VoucherClaimed
from vouchers.consumers.ledger_on_voucher_expired import VoucherExpired
from vouchers.consumers.ledger_on_voucher_redeemed import VoucherRedeemed
from vouchers.consumers.ledger_on_voucher_reversed import VoucherReversed
from vouchers.consumers.on_account_bound import AccountBound
from vouchers.consumers.on_account_unbound import AccountUnbound
from vouchers.consumers.reward_on_issue_confirmed import IssueConfirmed
from vouchers.domain.campaigns.terms import CampaignKind, Reward
from vouchers.domain.cards.owed_reward import OwedReward
from vouchers.domain.cards.uses import ReversalReason
from vouchers.domain.cards.voucher import voucher_facts

from ...neighbourhood import CLERK, COMMUNITY, Neighbourhood

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
HEARD: Sequence[type[Any]] = (
    AccountBound,
    AccountUnbound,
    IssueConfirmed,
    CampaignApproved,
    CampaignEnded,
    VoucherClaimed,
    VoucherRedeemed,
    VoucherReversed,
    VoucherExpired,
)


async def a_life(here: Neighbourhood) -> None:
    """Claimed, used twice, one use taken back, expired; and a voucher as a thank-you."""
    card: dict[str, Any] = {"kind": CampaignKind.WELFARE_CARD, "minimum_spend_fen": 0}
    campaign = await here.campaign(**card)
    await here.merchant()
    anna = await here.neighbour("安娜")
    voucher = await here.claimed(anna, campaign)
    for number in range(2):
        here.clock.advance(minutes=1)
        use = (await here.redeemed(anna, voucher, key=str(number), bill_fen=300)).use
    request = REQUESTS.request_for(CLERK.account_id, "back", use=use.id)
    await here.till.reverse(CLERK, use.id, reason=ReversalReason.OTHER, request=request)
    await here.campaign("thanks", reward_for=Reward.ISSUE_CONFIRMED)
    earned = OwedReward(
        claim_key="reward_1",
        community_id=COMMUNITY,
        account_id=anna.account_id,
        issue_id=derived_id("issue", "1"),
        earned_at=here.clock(),
    )
    given = await here.reward(earned)
    assert given is RewardOutcome.GIVEN
    here.clock.advance(days=31)
    assert await here.expire() == 2


async def test_everything_told_is_as_promised(here: Neighbourhood) -> None:
    await a_life(here)

    told = here.stores.vouchers.events
    for event in told:
        CONTRACTS.check(event)
    assert {event.type for event in told} == {
        "voucher.claimed.v1",
        "voucher.redeemed.v1",
        "voucher.reversed.v1",
        "voucher.expired.v1",
    }


async def test_the_facts_of_a_voucher_are_all_that_it_ever_told(here: Neighbourhood) -> None:
    await a_life(here)

    facts = [fact for voucher in here.stores.vouchers.all for fact in voucher_facts(voucher)]

    assert sorted(map(repr, facts)) == sorted(map(repr, here.stores.vouchers.events))


@pytest.mark.parametrize("heard", HEARD)
def test_every_example_of_what_is_heard_is_understood(heard: type[Any]) -> None:
    examples = CONTRACTS.examples(heard.type)

    assert examples
    assert all(msgspec.convert(each, heard) for each in examples)

"""A matter is settled: its reporter is thanked, if they said so themselves."""

from datetime import datetime, timedelta
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.ids import derived_id
from chassis.listening import EarlyArrival, Handle
from prometheus_client import Counter

from vouchers.application.cards.reward_reporter import RewardOutcome, RewardReporter
from vouchers.application.ports import Now
from vouchers.domain.cards.owed_reward import OwedReward

# Who is bound and confirms at once may be known here a little later than the confirmation.
_BINDING_ARRIVES_WITHIN = timedelta(hours=1)
_BY_REPORTER = "reporter"
_outcomes = Counter(
    "linli_voucher_rewards_total", "What came of thanking reporters of settled matters", ["outcome"]
)


class IssueConfirmed(msgspec.Struct, frozen=True):
    """What vouchers needs of issues' issue.confirmed."""

    type: ClassVar[str] = "issue.confirmed.v1"

    issue_id: str
    how: str
    reporter_account_id: str | None
    confirmed_at: datetime


def reward_on_issue_confirmed(reward: RewardReporter, now: Now) -> Handle[IssueConfirmed]:
    """Give one voucher an issue, now or as soon as there is one.

    What is confirmed on behalf or by silence earns nothing.
    """

    async def handle(event: Received[IssueConfirmed]) -> None:
        said = event.data
        if said.how != _BY_REPORTER or said.reporter_account_id is None:
            _outcomes.labels("not_by_reporter").inc()
            return
        outcome = await reward(
            OwedReward(
                claim_key=derived_id("reward", said.issue_id),
                community_id=event.community_id,
                account_id=said.reporter_account_id,
                issue_id=said.issue_id,
                earned_at=said.confirmed_at,
            )
        )
        too_early = now() < said.confirmed_at + _BINDING_ARRIVES_WITHIN
        if outcome is RewardOutcome.NOT_VERIFIED and too_early:
            raise EarlyArrival(awaits=said.reporter_account_id)
        _outcomes.labels(outcome.value).inc()

    return handle

"""Every event that this service hears, repeated and out of order: the same state as once."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from chassis.testing import REQUESTS, FrozenClock
from chassis.testing_redelivery import check_same_state, instances, opened, seed_of_run
from chassis.testing_streams import Said, Stream, example
from vouchers.bootstrap.processes import HOUSE
from vouchers.bootstrap.rooms import PLANS, build
from vouchers.consumers.topics import ISSUES_TOPIC, RESIDENTS_TOPIC
from vouchers.domain.campaigns.terms import Reward
from vouchers.domain.cards.uses import ReversalReason
from vouchers.domain.events import SERVICE_TOPIC
from vouchers.settings import VouchersSettings

from ..neighbourhood import CLERK, COMMUNITY, Neighbourhood, merchant_actor, resident
from .conftest import stores_in

_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


def account(name: str, *, stays: bool) -> Stream:
    """Somebody is bound; who does not stay leaves for another household, and comes back."""
    account_id = resident(name).account_id
    first, second = (derived_id("household", name, number) for number in "12")

    def bound(household_id: str, at: str) -> Said:
        return a(
            "account.bound.v1",
            account_id=account_id,
            person_key=derived_id("person", name),
            household_id=household_id,
            bound_at=at,
        )

    def unbound(household_id: str, at: str) -> Said:
        return a(
            "account.unbound.v1",
            account_id=account_id,
            household_id=household_id,
            unbound_at=at,
        )

    said = [bound(first, "2026-11-20T02:00:00Z")]
    if not stays:
        said += [
            unbound(first, "2026-11-21T02:00:00Z"),
            bound(second, "2026-11-21T03:00:00Z"),
            unbound(second, "2026-11-22T03:00:00Z"),
            bound(first, "2026-11-22T04:00:00Z"),
        ]
    return Stream(RESIDENTS_TOPIC, account_id, COMMUNITY, said)


def issue(name: str, *confirmations: int, at: str, reporter: str = "") -> Stream:
    """An issue is confirmed, also again after it was opened again."""
    issue_id = derived_id("issue", name)
    of_reporter = {"reporter_account_id": resident(reporter).account_id} if reporter else {}
    said = [
        a("issue.confirmed.v1", number, issue_id=issue_id, confirmed_at=at, **of_reporter)
        for number in confirmations
    ]
    return Stream(ISSUES_TOPIC, issue_id, COMMUNITY, said)


async def trade(here: Neighbourhood) -> None:
    """Two campaigns that end, one by its day and one by the office; the rest expires."""
    shop = merchant_actor()
    await here.merchant()
    ended, lapsed = await here.campaign("ended"), await here.campaign("lapsed", stock=2)
    for name in ("安娜", "保罗", "克拉"):
        await here.neighbour(name)
    anna, paul, clara = (resident(name) for name in ("安娜", "保罗", "克拉"))
    used = await here.claimed(anna, ended)
    taken = await here.redeemed(anna, used, till=shop)
    await here.till.reverse(
        CLERK,
        taken.use.id,
        reason=ReversalReason.OTHER,
        request=REQUESTS.request_for(CLERK.account_id, "back", use=taken.use.id),
    )
    here.clock.advance(minutes=1)
    await here.redeemed(anna, used, till=shop, key="key-2")
    await here.redeemed(paul, await here.claimed(paul, ended), till=shop, key="key-3")
    await here.claimed(clara, lapsed)
    await here.end(ended)
    here.clock.advance(days=40)
    await here.expire()


async def test_told_again_and_out_of_order_is_as_told_once(
    mongodb_uri: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # which of the last vouchers somebody gets is drawn by lot
    monkeypatch.setattr("vouchers.bootstrap.cards._new_lot", lambda: 0)
    settings = VouchersSettings.model_validate(
        {
            "environment": "development",
            "mongodb_uri": mongodb_uri,
            "mongodb_database": f"vouchers_{uuid.uuid4().hex}",
            "kafka_bootstrap_servers": "127.0.0.1:9",
            "key_wrapping_keys": f"test:{_KEY}",
            "lookup_hash_key": _KEY,
            "voucher_code_key": _KEY,
        }
    )
    async with opened(lambda: build(settings, clock)) as rooms:
        await rooms.foundation.store.create_indexes(HOUSE.indexes(settings))
        here = Neighbourhood(stores_in(rooms.foundation.store, clock), clock)
        await trade(here)
        thanks = await here.campaign("thanks", reward_for=Reward.ISSUE_CONFIRMED, stock=1)

    confirmed_at = msgspec.to_builtins(thanks.terms.claim_from + timedelta(minutes=1))
    streams = [
        issue("thanked", 0, 0, at=confirmed_at, reporter="达莎"),
        issue("stranger", 0, at=confirmed_at, reporter="没有住址"),
        issue("on behalf", 1, at=confirmed_at),
        issue("silence", 2, at=confirmed_at),
        account("达莎", stays=True),
        account("埃里克", stays=False),
        account("费多尔", stays=False),
    ]
    await check_same_state(
        instances(lambda: build(settings, clock), PLANS, SERVICE_TOPIC),
        streams,
        seed=seed_of_run(),
        shuffles=3,
    )

"""A notice on its way to the phone: one permission, one message, and a truth after every crash."""

import asyncio

import pytest
from outreach.domain.notices import words
from outreach.domain.notices.errors import GrantSpent
from outreach.domain.notices.grants import GrantState, SubscriptionGrant
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState
from outreach.domain.replies import RETRY_AFTER
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused

from .cast import MA, TIAN, Cast, failure_of, grant_states, later

OPENID = f"openid of {TIAN}"
DELIVERED, NO_GRANT = DeliveryState.DELIVERED, DeliveryState.NO_GRANT
UNKNOWN, FAILED, PENDING = DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.PENDING


async def test_a_notice_goes_to_the_phone_in_the_fields_of_its_template(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()

    await cast.send_due()

    ((openid, message),) = cast.mini_program.sent
    assert openid == OPENID
    assert message.template is Template.ISSUE_PROGRESS
    assert message.page == "pages/issue?id=issue_no_water"
    assert message.fields == {
        "thing1": "社区已签收您关心的事项",
        "phrase2": "已签收",
        "time3": "2026年11月23日 16:00",
    }
    (notice,) = cast.of(TIAN)
    assert notice.phone is not None
    assert (notice.phone.state, notice.phone.delivered_at) == (DELIVERED, cast.clock())
    assert cast.tally.counted == ["notice delivered"]


async def test_a_second_round_sends_nothing_again(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()

    for _ in range(2):
        await cast.send_due()

    assert len(cast.mini_program.sent) == 1
    assert sorted(grant_states(cast)) == [GrantState.SPENT, GrantState.UNSPENT]


async def test_without_a_permission_it_waits_in_the_app(cast: Cast) -> None:
    await cast.follows(TIAN)
    await cast.happens()

    await cast.send_due()

    assert cast.mini_program.sent == []
    (notice,) = cast.of(TIAN)
    assert cast.states_of(TIAN) == [NO_GRANT]
    assert failure_of(notice) == "NO_GRANT"


async def test_a_permission_is_for_its_template_and_its_person(cast: Cast) -> None:
    await cast.allows(TIAN, Template.VOUCHER)
    await cast.allows(MA)
    await cast.follows(TIAN)
    await cast.happens()

    await cast.send_due()

    assert cast.states_of(TIAN) == [NO_GRANT]
    assert grant_states(cast) == [GrantState.UNSPENT, GrantState.UNSPENT]


async def test_one_permission_is_one_message(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens(words.acknowledged(), sequence=1)
    await cast.happens(words.assigned(), sequence=2)

    await cast.send_due()

    assert cast.states_of(TIAN) == [DELIVERED, NO_GRANT]
    assert cast.received(OPENID) == ["社区已签收您关心的事项"]


async def test_one_permission_raced_by_two_notices_goes_to_one(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    (notice,) = cast.of(TIAN)
    (grant,) = cast.grants.all

    async def spend(notification_id: str) -> SubscriptionGrant | None:
        try:
            return await cast.grants.change(
                grant.community_id, grant.id, lambda it: it.spend(notification_id)
            )
        except GrantSpent:
            return None

    taken = await asyncio.gather(spend(notice.id), spend("notification_other"))

    assert [it.spent_on for it in taken if it is not None] == [notice.id]


async def test_notices_of_one_matter_arrive_as_things_happened(cast: Cast) -> None:
    for _ in range(3):
        await cast.allows(TIAN)
    await cast.follows(TIAN)
    start = cast.clock()
    cast.clock.advance(minutes=5)
    await cast.happens(words.resolved(1), at=later(start, minutes=3))
    await cast.happens(words.acknowledged(), at=later(start, minutes=1))
    await cast.happens(words.started(), at=later(start, minutes=2))

    await cast.send_due()

    assert cast.received(OPENID) == [
        "社区已签收您关心的事项",
        "工作人员已开始处理",
        "事项已办结，请查看",
    ]


async def test_a_later_notice_waits_while_an_earlier_one_is_tried_again(cast: Cast) -> None:
    for _ in range(2):
        await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens(words.acknowledged(), sequence=1)
    await cast.happens(words.assigned(), sequence=2)
    cast.mini_program.fails_with = [WeChatRefused(45009)]

    await cast.send_due()
    assert cast.states_of(TIAN) == [PENDING, PENDING]
    assert cast.mini_program.sent == []

    cast.clock.advance(seconds=RETRY_AFTER[0].total_seconds())
    await cast.send_due()
    assert cast.received(OPENID) == ["社区已签收您关心的事项", "事项已安排专人负责"]


@pytest.mark.parametrize("failure", [WeChatRefused(47003), WeChatOutcomeUnknown()])
async def test_one_that_is_lost_holds_up_none(failure: Exception, cast: Cast) -> None:
    for _ in range(2):
        await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens(words.acknowledged(), sequence=1)
    await cast.happens(words.assigned(), sequence=2)
    cast.mini_program.fails_with = [failure]

    await cast.send_due()

    assert cast.received(OPENID) == ["事项已安排专人负责"]


async def test_one_that_comes_to_light_too_late_stays_in_the_app(cast: Cast) -> None:
    for _ in range(2):
        await cast.allows(TIAN)
    await cast.follows(TIAN)
    start = cast.clock()
    cast.clock.advance(minutes=5)
    await cast.happens(words.assigned(), at=later(start, minutes=2))
    await cast.send_due()
    await cast.happens(words.acknowledged(), at=later(start, minutes=1))
    await cast.send_due()

    assert cast.received(OPENID) == ["事项已安排专人负责"]
    assert cast.states_of(TIAN) == [FAILED, DELIVERED]
    assert failure_of(cast.of(TIAN)[0]) == "OVERTAKEN"
    assert sorted(grant_states(cast)) == [GrantState.SPENT, GrantState.UNSPENT]

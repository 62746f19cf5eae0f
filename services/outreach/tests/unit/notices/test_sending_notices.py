"""A notice on its way to the phone: one permission, one message, and a truth after every crash."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from outreach.domain.notices import delivering, words
from outreach.domain.notices.errors import GrantSpent, WeChatNotConfigured
from outreach.domain.notices.grants import GrantState, SubscriptionGrant
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.replies import CRASHED_AFTER, RETRY_AFTER
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

from .cast import MA, TIAN, Cast, later, work_on

OPENID = f"openid of {TIAN}"
DELIVERED, NO_GRANT = DeliveryState.DELIVERED, DeliveryState.NO_GRANT
UNKNOWN, FAILED, PENDING = DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.PENDING


def grant_states(cast: Cast) -> list[GrantState]:
    return [grant.state for grant in cast.grants.all]


def failure_of(notification: Notification) -> str | None:
    assert notification.phone is not None
    failure = notification.phone.failure
    return failure.code if failure else None


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
        "thing1": "社区已受理您关心的事项",
        "phrase2": "已受理",
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
    assert cast.received(OPENID) == ["社区已受理您关心的事项"]


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
        "社区已受理您关心的事项",
        "工作人员已开始处理",
        "事项已处理完毕，请查看",
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
    assert cast.received(OPENID) == ["社区已受理您关心的事项", "事项已安排专人负责"]


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


async def test_whoever_refused_gets_nothing_and_the_permission_is_void(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.mini_program.fails_with = [WeChatRefused(43101)]

    await cast.send_due()

    (notice,) = cast.of(TIAN)
    assert cast.states_of(TIAN) == [NO_GRANT]
    assert failure_of(notice) == "REFUSED_BY_PERSON"
    assert grant_states(cast) == [GrantState.VOID]


@pytest.mark.parametrize(
    ("wechat_code", "code"),
    [
        (40003, "OPENID_INVALID"),
        (40037, "TEMPLATE_INVALID"),
        (41030, "PAGE_INVALID"),
        (47003, "ARGUMENT_INVALID"),
        (48001, "API_UNAUTHORIZED"),
        (99999, "WECHAT_REFUSED"),
    ],
)
async def test_a_refusal_for_good_fails_and_gives_the_permission_back(
    wechat_code: int, code: str, cast: Cast
) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.mini_program.fails_with = [WeChatRefused(wechat_code)]

    await cast.send_due()

    (notice,) = cast.of(TIAN)
    assert (cast.states_of(TIAN), failure_of(notice)) == ([FAILED], code)
    assert grant_states(cast) == [GrantState.UNSPENT]


LATER_FAILURES = [
    WeChatRefused(-1),
    WeChatRefused(45009),
    WeChatRefused(45011),
    WeChatRefused(43108),
    WeChatUnreachable(),
]


@pytest.mark.parametrize("failure", LATER_FAILURES)
async def test_what_was_certainly_not_sent_is_tried_again_with_the_same_permission(
    failure: Exception, cast: Cast
) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.mini_program.fails_with = [failure]

    await cast.send_due()
    assert (cast.states_of(TIAN), grant_states(cast)) == ([PENDING], [GrantState.SPENT])
    cast.clock.advance(seconds=RETRY_AFTER[0].total_seconds())
    await cast.send_due()

    assert cast.states_of(TIAN) == [DELIVERED]
    assert len(cast.mini_program.sent) == 1


async def test_it_is_tried_so_often_and_then_has_failed_with_its_permission_back(
    cast: Cast,
) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    attempts = len(RETRY_AFTER) + 1
    cast.mini_program.fails_with = [WeChatUnreachable() for _ in range(attempts)]

    for pause in (*RETRY_AFTER, timedelta()):
        await cast.send_due()
        cast.clock.advance(seconds=pause.total_seconds())

    (notice,) = cast.of(TIAN)
    assert notice.phone is not None
    assert (notice.phone.state, notice.phone.attempts) == (FAILED, attempts)
    assert cast.mini_program.fails_with == []
    assert grant_states(cast) == [GrantState.UNSPENT]


async def test_without_a_clear_answer_it_is_unknown_and_not_sent_again(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.mini_program.fails_with = [WeChatOutcomeUnknown()]

    await cast.send_due()
    cast.clock.advance(hours=2)
    await cast.send_due()

    assert cast.states_of(TIAN) == [UNKNOWN]
    assert cast.mini_program.sent == []
    assert grant_states(cast) == [GrantState.SPENT]


async def test_a_send_whose_sender_is_gone_is_unknown_and_not_sent_again(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    (notice,), (grant,) = cast.of(TIAN), cast.grants.all
    await cast.grants.change(grant.community_id, grant.id, lambda it: it.spend(notice.id))
    at = cast.clock()
    await cast.notifications.change(
        notice.community_id, notice.id, lambda it: delivering.start(it, grant.id, at)
    )

    await cast.send_due()
    assert cast.states_of(TIAN) == [DeliveryState.SENDING]
    cast.clock.advance(seconds=CRASHED_AFTER.total_seconds() + 1)
    for _ in range(2):
        await cast.send_due()

    assert cast.states_of(TIAN) == [UNKNOWN]
    assert cast.mini_program.sent == []
    assert grant_states(cast) == [GrantState.SPENT]


async def test_after_a_crash_between_permission_and_mark_it_goes_on_with_the_same(
    cast: Cast,
) -> None:
    await cast.allows(TIAN)
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    (notice,), grant = cast.of(TIAN), cast.grants.all[1]
    await cast.grants.change(grant.community_id, grant.id, lambda it: it.spend(notice.id))

    await cast.send_due()

    assert cast.states_of(TIAN) == [DELIVERED]
    assert grant_states(cast) == [GrantState.UNSPENT, GrantState.SPENT]


async def test_two_workers_send_one_notice_once(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    (notice,) = cast.of(TIAN)

    await asyncio.gather(*(cast.send_notification(work_on(notice)) for _ in range(2)))

    assert len(cast.mini_program.sent) == 1
    assert cast.states_of(TIAN) == [DELIVERED]
    assert sorted(grant_states(cast)) == [GrantState.SPENT, GrantState.UNSPENT]


async def test_a_sender_that_was_frozen_leaves_a_later_attempt_alone(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    (notice,) = cast.of(TIAN)

    async def frozen_then_refused(openid: str, message: object) -> None:
        at = cast.clock()
        await cast.notifications.change(
            notice.community_id,
            notice.id,
            lambda it: delivering.abandoned(it, at + CRASHED_AFTER),
        )
        raise WeChatUnreachable

    cast.mini_program.send = frozen_then_refused  # type: ignore[method-assign]
    await cast.send_due()

    assert cast.states_of(TIAN) == [UNKNOWN]


async def test_without_a_mini_program_it_fails_and_says_so(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.mini_program.fails_with = [WeChatNotConfigured()]

    await cast.send_due()

    (notice,) = cast.of(TIAN)
    assert (cast.states_of(TIAN), failure_of(notice)) == ([FAILED], "WECHAT_NOT_CONFIGURED")
    assert grant_states(cast) == [GrantState.UNSPENT]


async def test_of_somebody_erased_nothing_is_sent(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    user = cast.users.all[0]
    cast.users._kept[user.community_id, user.id].aggregate = msgspec.structs.replace(
        user, openid=None
    )

    await cast.send_due()

    (notice,) = cast.of(TIAN)
    assert (cast.states_of(TIAN), failure_of(notice)) == ([FAILED], "PERSON_UNKNOWN")
    assert cast.mini_program.sent == []


async def test_one_that_cannot_be_handled_holds_up_no_other(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.allows(MA)
    await cast.follows(TIAN)
    await cast.follows(MA)
    await cast.happens()
    cast.mini_program.fails_with = [RuntimeError("nobody foresaw this")]

    await cast.send_due()

    assert len(cast.mini_program.sent) == 1
    assert [it for it in cast.tally.counted if it.startswith("failed send_notice")]
    assert sorted(filter(None, cast.states_of(TIAN) + cast.states_of(MA))) == [
        DELIVERED,
        DeliveryState.SENDING,
    ]

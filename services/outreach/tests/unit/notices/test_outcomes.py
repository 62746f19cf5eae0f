"""What came of a call: refused, put off, unknown, or lost with its sender; never sent twice."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from outreach.domain.notices import delivering
from outreach.domain.notices.errors import WeChatNotConfigured
from outreach.domain.notices.grants import GrantState
from outreach.domain.notices.notifications import DeliveryState
from outreach.domain.replies import CRASHED_AFTER, RETRY_AFTER
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

from .cast import MA, TIAN, Cast, failure_of, grant_states, work_on

OPENID = f"openid of {TIAN}"
DELIVERED, NO_GRANT = DeliveryState.DELIVERED, DeliveryState.NO_GRANT
UNKNOWN, FAILED, PENDING = DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.PENDING


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


async def test_somebody_whom_nobody_knows_holds_up_no_later_notice(cast: Cast) -> None:
    await cast.allows(TIAN)
    await cast.follows(TIAN)
    await cast.happens()
    cast.users._kept.clear()

    await cast.send_due()

    (notice,) = cast.of(TIAN)
    assert (cast.states_of(TIAN), failure_of(notice)) == ([FAILED], "PERSON_UNKNOWN")
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

"""Asking WeChat who a commenter is: rarely, patiently, and never twice what it has said."""

from datetime import timedelta

import pytest
from outreach.domain.commenters import ASK_AGAIN_AFTER
from outreach.domain.comments import CommentSource
from wechat.failures import WeChatRefused, WeChatUnreachable

from .joining_cast import HERE, TIAN, JoiningCast


async def test_what_wechat_said_is_kept_as_a_mark_and_not_asked_again(
    joining: JoiningCast,
) -> None:
    comment = await joining.written()
    for _ in range(3):
        await joining.look_up()
        joining.clock.advance(days=100)
        await joining.written()

    commenter = await joining.commenter_of(comment)
    assert commenter.union_mark == "mark of union_tian"
    assert commenter.due_at is None
    assert joining.wechat.asked == ["openid_tian"]
    assert joining.tally.counted == ["looked up known"]


async def test_without_an_openid_there_is_nobody_to_ask_about(joining: JoiningCast) -> None:
    await joining.written(None)
    await joining.look_up()
    assert joining.wechat.asked == []


async def test_who_does_not_follow_is_asked_about_again_after_days(joining: JoiningCast) -> None:
    await joining.written("openid_stranger")
    await joining.look_up()
    for pause in ASK_AGAIN_AFTER:
        joining.clock.advance(seconds=pause.total_seconds() - 1)
        await joining.look_up()
        joining.clock.advance(seconds=1)
        await joining.look_up()
    joining.clock.advance(days=365)
    await joining.look_up()

    assert len(joining.wechat.asked) == 1 + len(ASK_AGAIN_AFTER)
    assert set(joining.tally.counted) == {"looked up unknown"}


async def test_who_writes_again_and_follows_by_now_is_recognised(joining: JoiningCast) -> None:
    await joining.bound(unionid="union_new")
    first = await joining.written("openid_new")
    await joining.look_up()
    assert await joining.account_of(first) is None

    joining.wechat.unionids["openid_new"] = "union_new"
    joining.clock.advance(days=1)
    second = await joining.written("openid_new", source=CommentSource.MESSAGE)
    await joining.look_up()

    assert await joining.account_of(first) == TIAN
    assert await joining.account_of(second) == TIAN


async def test_who_writes_ten_times_a_day_is_asked_about_once(joining: JoiningCast) -> None:
    for _ in range(10):
        await joining.written("openid_stranger")
        await joining.look_up()
        joining.clock.advance(hours=2)

    assert len(joining.wechat.asked) == 1


@pytest.mark.parametrize(
    ("failure", "counted"),
    [
        (WeChatRefused(45009), "QUOTA_USED_UP"),
        (WeChatRefused(45011), "TOO_FREQUENT"),
        (WeChatRefused(-1), "WECHAT_BUSY"),
        (WeChatRefused(48001), "API_UNAUTHORIZED"),
        (WeChatUnreachable(), "WECHAT_UNREACHABLE"),
    ],
)
async def test_an_account_that_wechat_holds_off_is_left_alone_longer_and_longer(
    failure: Exception, counted: str, joining: JoiningCast
) -> None:
    await joining.written("openid_1")
    await joining.written("openid_2")
    joining.wechat.fails_with = [failure] * 2
    began = joining.clock()

    await joining.look_up()
    assert joining.wechat.asked == ["openid_1"]
    joining.clock.advance(seconds=30)
    await joining.look_up()
    assert len(joining.wechat.asked) == 2
    joining.clock.advance(seconds=59)
    await joining.look_up()
    assert len(joining.wechat.asked) == 2
    joining.clock.advance(seconds=1)
    await joining.look_up()

    assert sorted(joining.wechat.asked[2:]) == ["openid_1", "openid_2"]
    assert joining.tally.counted[:2] == [f"looked up {counted}"] * 2
    assert joining.clock() == began + timedelta(seconds=90)


async def test_an_openid_that_wechat_does_not_know_is_not_asked_about_again(
    joining: JoiningCast,
) -> None:
    await joining.written("openid_1")
    joining.wechat.fails_with = [WeChatRefused(40003)]
    await joining.look_up()
    joining.clock.advance(days=365)
    await joining.look_up()

    assert joining.wechat.asked == ["openid_1"]


async def test_one_that_cannot_be_handled_holds_up_no_other(joining: JoiningCast) -> None:
    await joining.written("openid_1")
    comment = await joining.written()
    joining.wechat.fails_with = [RuntimeError("unforeseen")]

    await joining.look_up()

    assert (await joining.commenter_of(comment)).union_mark is not None
    assert any("failed look_up_commenter" in it for it in joining.tally.counted)


async def test_an_archived_channel_is_not_called(joining: JoiningCast) -> None:
    await joining.written()
    await joining.channels.change(
        HERE,
        joining.channel.id,
        lambda it: it.archive(joining.clock()),
    )
    await joining.look_up()
    assert joining.wechat.asked == []


async def test_killed_between_learning_and_joining_it_goes_on(joining: JoiningCast) -> None:
    await joining.bound()
    comment = await joining.written()
    of_union = joining.accounts.of_union

    async def dies(*_: object) -> list[object]:
        raise RuntimeError("killed")

    joining.accounts.of_union = dies  # type: ignore[assignment, method-assign]
    await joining.look_up()
    joining.accounts.of_union = of_union  # type: ignore[method-assign]
    assert await joining.account_of(comment) is None

    joining.clock.advance(hours=1)
    await joining.look_up()

    assert await joining.account_of(comment) == TIAN
    assert joining.wechat.asked == ["openid_tian"]

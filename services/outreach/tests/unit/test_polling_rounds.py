"""Which articles a round of polling takes in, and what it leaves alone for a while."""

import pytest
from chassis.testing import FrozenClock
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryTally,
    MemoryWeChat,
)
from outreach.application.poll_comments import PollComments
from outreach.domain import sending
from outreach.domain.articles import Article, register_published
from outreach.domain.channels import Channel
from outreach.domain.replies import Delivery
from wechat.failures import WeChatRefused, WeChatUnreachable

from .listed import PLACE, comment


async def test_old_articles_are_not_polled(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    clock.advance(days=31)

    await poll()

    assert wechat.page_sizes == []
    assert comments.all == []


async def test_an_old_article_is_polled_while_a_reply_is_unknown(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    await _one_with_unknown_reply(poll, comments, wechat, clock)
    clock.advance(days=31)
    wechat.listed[PLACE] = [comment(1, "没水", clock(), reply="马上去")]

    await poll()

    reply = comments.all[0].reply
    assert reply is not None
    assert reply.delivery is Delivery.DELIVERED
    assert comments.events[-1].type == "comment.replied.v1"


async def test_an_unknown_reply_that_wechat_does_not_show_has_failed(
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
) -> None:
    await _one_with_unknown_reply(poll, comments, wechat, clock)
    clock.advance(minutes=2)

    await poll()

    reply = comments.all[0].reply
    assert reply is not None
    assert reply.failure is not None
    assert (reply.delivery, reply.failure.code) == (Delivery.FAILED, "NOT_SHOWN_BY_WECHAT")


async def test_an_archived_channel_is_not_polled(
    poll: PollComments,
    channels: MemoryChannels,
    wechat: MemoryWeChat,
    article: Article,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    await channels.change(channel.community_id, channel.id, lambda it: it.archive(clock()))

    await poll()

    assert wechat.page_sizes == []


@pytest.mark.parametrize("failure", [WeChatRefused(45009), WeChatUnreachable()])
async def test_a_channel_that_is_held_off_is_left_alone_for_longer_each_time(
    failure: Exception,
    poll: PollComments,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    clock: FrozenClock,
    tally: MemoryTally,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    wechat.fails_with = [failure, failure]

    await poll()
    await poll()
    clock.advance(seconds=30)
    await poll()
    clock.advance(seconds=59)
    await poll()

    assert len(tally.counted) == 2
    clock.advance(seconds=1)
    await poll()
    assert tally.counted[-1] == "polled ok"
    assert len(comments.all) == 1


async def test_an_article_that_wechat_does_not_know_holds_up_no_other(
    poll: PollComments,
    articles: MemoryArticles,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    channel: Channel,
    clock: FrozenClock,
    tally: MemoryTally,
) -> None:
    other, events = register_published(
        article_id="article_2",
        channel=channel,
        title="另一篇",
        url="https://mp.weixin.qq.com/2",
        message_data_id=3,
        index=0,
        published_at=clock(),
        at=clock(),
        by="account_clerk",
    )
    await articles.add(other, events)
    wechat.fails_with = [WeChatRefused(88001)]
    wechat.listed = {PLACE: [comment(1, "没水", clock())], (3, 0): [comment(1, "好", clock())]}

    await poll()

    assert tally.counted == ["polled ARTICLE_UNKNOWN_TO_WECHAT", "polled ok"]
    assert len(comments.all) == 1


async def _one_with_unknown_reply(
    poll: PollComments, comments: MemoryComments, wechat: MemoryWeChat, clock: FrozenClock
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    await poll()
    there = comments.all[0]
    for step in (
        lambda it: it.request_reply("马上去", by="account_clerk", at=clock()),
        lambda it: sending.start(it, clock()),
        sending.outcome_unknown,
    ):
        await comments.change(there.community_id, there.id, step)

"""A reply on its way: marked before the call, settled after it, unknown after a crash."""

from datetime import timedelta

import pytest
from chassis.testing import REQUESTS, FrozenClock
from outreach.adapters.memory import MemoryChannels, MemoryComments, MemoryTally, MemoryWeChat
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.ports import WorkItem
from outreach.application.reply_to_comment import ReplyToComment
from outreach.application.send_due_replies import SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.domain import sending
from outreach.domain.channels import Channel
from outreach.domain.comments import (
    ArticlePlace,
    Comment,
    CommentSource,
    CommentState,
    Words,
    receive,
)
from outreach.domain.permissions import Actor
from outreach.domain.replies import RETRY_AFTER, Delivery, Reply
from wechat.failures import WeChatOutcomeUnknown, WeChatRefused, WeChatUnreachable

WORDS = Words(text="没水", redacted_text="没水", text_mark="mark")
REPLY = "已经派人去看了"


@pytest.fixture
def send_due(
    channels: MemoryChannels,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    clock: FrozenClock,
    no_invitation: InviteToJoin,
) -> SendDueReplies:
    send_reply = SendReply(channels, comments, wechat, no_invitation, tally, clock)
    return SendDueReplies(comments, send_reply, tally, clock)


async def replied_to(
    comments: MemoryComments,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
    source: CommentSource = CommentSource.ARTICLE,
) -> Comment:
    under_article = source is CommentSource.ARTICLE
    comment, events = receive(
        comment_id="comment_1",
        community_id=channel.community_id,
        channel_id=channel.id,
        source=source,
        article_id="article_1" if under_article else None,
        place=ArticlePlace(message_data_id=9, index=1, user_comment_id=7)
        if under_article
        else None,
        person_key="person_1",
        openid="openid_1",
        words=WORDS,
        commented_at=clock(),
        at=clock(),
    )
    await comments.add(comment, events)
    comments.events.clear()
    return await ReplyToComment(comments, clock)(
        clerk, "comment_1", REPLY, request=REQUESTS.request_for(clerk.account_id, "1", text=REPLY)
    )


async def reply_of(comments: MemoryComments, channel: Channel) -> Reply:
    reply = (await comments.get(channel.community_id, "comment_1")).reply
    assert reply is not None
    return reply


async def test_a_due_reply_goes_under_the_article_and_is_told(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)

    await send_due()

    assert wechat.said == [("7", REPLY)]
    assert (await reply_of(comments, channel)).delivery is Delivery.DELIVERED
    assert [event.type for event in comments.events] == ["comment.replied.v1"]


async def test_a_message_is_answered_to_its_writer(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock, CommentSource.MESSAGE)

    await send_due()

    assert wechat.said == [("openid_1", REPLY)]


async def test_a_delivered_reply_is_sent_once(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)

    await send_due()
    await send_due()

    assert len(wechat.said) == 1


@pytest.mark.parametrize(
    ("wechat_code", "code"),
    [
        (88000, "NO_COMMENT_PRIVILEGE"),
        (88005, "ALREADY_REPLIED_IN_WECHAT"),
        (88007, "REPLY_LENGTH_REFUSED"),
        (45015, "REPLY_WINDOW_CLOSED"),
        (45047, "TOO_MANY_REPLIES"),
        (48001, "API_UNAUTHORIZED"),
        (99999, "WECHAT_REFUSED"),
    ],
)
async def test_what_wechat_refuses_has_failed_and_says_why(
    wechat_code: int,
    code: str,
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    wechat.fails_with = [WeChatRefused(wechat_code)]

    await send_due()

    reply = await reply_of(comments, channel)
    assert reply.delivery is Delivery.FAILED
    assert reply.failure is not None
    assert (reply.failure.code, reply.failure.wechat_code) == (code, wechat_code)
    assert comments.events == []


@pytest.mark.parametrize("wechat_code", [88004, 88008])
async def test_a_comment_wechat_no_longer_has_is_deleted(
    wechat_code: int,
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    wechat.fails_with = [WeChatRefused(wechat_code)]

    await send_due()

    comment = await comments.get(channel.community_id, "comment_1")
    assert comment.deleted_at is not None
    assert comment.state is CommentState.CLOSED
    assert (await reply_of(comments, channel)).delivery is Delivery.FAILED
    assert [event.type for event in comments.events] == ["comment.deleted.v1"]


@pytest.mark.parametrize(
    "refusal", [WeChatRefused(45009), WeChatRefused(45011), WeChatRefused(-1), WeChatUnreachable()]
)
async def test_what_was_not_sent_waits_and_is_tried_again(
    refusal: Exception,
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    wechat.fails_with = [refusal]

    await send_due()
    waiting = await reply_of(comments, channel)
    await send_due()

    assert (waiting.delivery, waiting.due_at) == (Delivery.PENDING, clock() + RETRY_AFTER[0])
    assert wechat.said == []
    clock.advance(seconds=RETRY_AFTER[0].total_seconds())
    await send_due()
    assert wechat.said == [("7", REPLY)]
    assert (await reply_of(comments, channel)).failure is None


async def test_after_the_last_attempt_it_has_failed(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    attempts = len(RETRY_AFTER) + 1
    wechat.fails_with = [WeChatUnreachable() for _ in range(attempts)]

    for _ in range(attempts):
        await send_due()
        clock.advance(hours=2)

    reply = await reply_of(comments, channel)
    assert (reply.delivery, reply.attempts) == (Delivery.FAILED, attempts)
    await send_due()
    assert wechat.said == []


async def test_without_a_clear_answer_it_is_unknown_and_not_sent_again(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    wechat.fails_with = [WeChatOutcomeUnknown()]

    await send_due()
    clock.advance(hours=2)
    await send_due()

    assert (await reply_of(comments, channel)).delivery is Delivery.UNKNOWN
    assert wechat.said == []
    assert comments.events == []


async def test_a_send_that_lost_its_sender_becomes_unknown_and_is_not_sent_again(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    began_at = clock()
    await comments.change(
        channel.community_id, "comment_1", lambda comment: sending.start(comment, began_at)
    )

    await send_due()
    still_sending = await reply_of(comments, channel)
    clock.advance(seconds=31)
    await send_due()

    assert still_sending.delivery is Delivery.SENDING
    assert (await reply_of(comments, channel)).delivery is Delivery.UNKNOWN
    assert wechat.said == []


async def test_a_reply_to_what_was_taken_back_meanwhile_is_not_sent(
    send_due: SendDueReplies,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    await comments.change(
        channel.community_id, "comment_1", lambda comment: comment.delete(clock())
    )

    await send_due()

    reply = await reply_of(comments, channel)
    assert (reply.delivery, wechat.said) == (Delivery.FAILED, [])
    assert reply.failure is not None
    assert reply.failure.code == "COMMENT_DELETED"


async def test_nothing_is_sent_through_an_archived_channel(
    send_due: SendDueReplies,
    channels: MemoryChannels,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    await replied_to(comments, channel, clerk, clock)
    await channels.change(channel.community_id, channel.id, lambda it: it.archive(clock()))

    await send_due()

    reply = await reply_of(comments, channel)
    assert (reply.delivery, wechat.said) == (Delivery.FAILED, [])


async def test_a_sender_that_was_frozen_leaves_a_later_reply_alone(
    channels: MemoryChannels,
    comments: MemoryComments,
    tally: MemoryTally,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
    no_invitation: InviteToJoin,
) -> None:
    await replied_to(comments, channel, clerk, clock)

    class Frozen(MemoryWeChat):
        async def reply_to_comment(self, *_: object) -> None:
            """Meanwhile it is given up and somebody writes another reply."""
            clock.advance(minutes=5)
            for step in (
                lambda it: sending.abandoned(it, clock()),
                lambda it: sending.reconciled(it, None, clock()),
                lambda it: it.request_reply("第二次回复", by="account_2", at=clock()),
            ):
                await comments.change(channel.community_id, "comment_1", step)

    send = SendReply(channels, comments, Frozen(), no_invitation, tally, clock)
    await send(WorkItem(channel.community_id, "comment_1"))

    reply = await reply_of(comments, channel)
    assert (reply.text, reply.delivery) == ("第二次回复", Delivery.PENDING)


@pytest.mark.parametrize(
    ("shown", "after", "delivery"),
    [
        (REPLY, timedelta(seconds=1), Delivery.DELIVERED),
        ("已经 派人去看了\n", timedelta(seconds=1), Delivery.DELIVERED),
        ("别人的回复", timedelta(seconds=1), Delivery.FAILED),
        (None, timedelta(seconds=59), Delivery.UNKNOWN),
        (None, timedelta(seconds=60), Delivery.FAILED),
    ],
)
async def test_an_unknown_reply_is_settled_by_what_wechat_shows(
    shown: str | None,
    after: timedelta,
    delivery: Delivery,
    comments: MemoryComments,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    comment = await replied_to(comments, channel, clerk, clock)
    comment, _ = sending.start(comment, clock())
    comment, _ = sending.outcome_unknown(comment)

    settled, told = sending.reconciled(comment, shown, clock() + after)

    assert settled.reply is not None
    assert settled.reply.delivery is delivery
    assert [event.type for event in told] == (
        ["comment.replied.v1"] if delivery is Delivery.DELIVERED else []
    )


async def test_what_is_not_unknown_is_not_settled(
    comments: MemoryComments, channel: Channel, clerk: Actor, clock: FrozenClock
) -> None:
    comment = await replied_to(comments, channel, clerk, clock)

    assert sending.reconciled(comment, REPLY, clock()) == (comment, [])

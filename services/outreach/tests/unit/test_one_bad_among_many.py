"""What cannot be read, of one tenant or of one person, holds up nobody else."""

from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest
from chassis.encryption import CannotDecrypt
from chassis.errors import StoreUnavailable
from chassis.testing import FrozenClock
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryTally,
    MemoryWeChat,
)
from outreach.adapters.wechat_http import HttpWeChat
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.poll_article import PollArticle
from outreach.application.poll_comments import PollComments
from outreach.application.ports import ListedPage
from outreach.application.send_due_replies import AT_ONCE, SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.domain.articles import Article, register_published
from outreach.domain.channels import Channel, OfficialAccount
from outreach.domain.comments import Comment, CommentSource, Words, receive
from outreach.domain.replies import Delivery

from .listed import PLACE, comment

OTHERS_PLACE = (3, 0)


class Channels(MemoryChannels):
    """Of which some cannot be decrypted."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: dict[str, Exception] = {}

    async def get(self, community_id: str, aggregate_id: str) -> Channel:
        if aggregate_id in self.fails:
            raise self.fails[aggregate_id]
        return await super().get(community_id, aggregate_id)


class Comments(MemoryComments):
    """Of which some cannot be decrypted."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed: set[str] = set()

    async def get(self, community_id: str, aggregate_id: str) -> Comment:
        if aggregate_id in self.sealed:
            raise CannotDecrypt
        return await super().get(community_id, aggregate_id)


@pytest.fixture
def channels() -> Channels:
    return Channels()


@pytest.fixture
def comments() -> Comments:
    return Comments()


@pytest.fixture
async def others_channel(channels: Channels, channel: Channel) -> Channel:
    """A channel of another community."""
    return await channels.add(
        msgspec.structs.replace(channel, id="channel_other", community_id="community_other")
    )


@pytest.fixture
async def others_article(
    articles: MemoryArticles, article: Article, others_channel: Channel, clock: FrozenClock
) -> Article:
    made, events = register_published(
        article_id="article_other",
        channel=others_channel,
        title="另一个社区",
        url="https://mp.weixin.qq.com/s/2",
        message_data_id=OTHERS_PLACE[0],
        index=OTHERS_PLACE[1],
        published_at=clock(),
        at=clock(),
        by="account_other",
    )
    return await articles.add(made, events)


async def test_a_channel_that_cannot_be_decrypted_stops_no_other(
    poll: PollComments,
    channels: Channels,
    comments: Comments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    others_article: Article,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    wechat.listed = {
        PLACE: [comment(1, "没水", clock())],
        OTHERS_PLACE: [comment(2, "好", clock())],
    }
    channels.fails[channel.id] = CannotDecrypt()

    await poll()
    await poll()

    assert [it.text for it in comments.all] == ["好"]
    assert sorted(tally.counted) == [
        "failed poll_channel channel_official CannotDecrypt",
        "polled ok",
        "polled ok",
    ]
    channels.fails.clear()
    clock.advance(seconds=30)
    await poll()
    assert [it.text for it in comments.all] == ["好", "没水"]


async def test_an_absent_store_is_asked_again_at_the_next_turn(
    poll: PollComments,
    channels: Channels,
    comments: Comments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    article: Article,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    channels.fails[channel.id] = StoreUnavailable()

    await poll()
    channels.fails.clear()
    await poll()

    assert tally.counted == ["failed poll_channel channel_official StoreUnavailable", "polled ok"]
    assert len(comments.all) == 1


async def test_an_article_that_is_answered_with_nonsense_stops_no_other(
    channels: Channels,
    articles: MemoryArticles,
    comments: Comments,
    identities: DerivedIdentities,
    tally: MemoryTally,
    channel: Channel,
    others_article: Article,
    clock: FrozenClock,
) -> None:
    class Odd(MemoryWeChat):
        async def list_comments(
            self,
            account: OfficialAccount,
            *,
            message_data_id: int,
            index: int,
            begin: int,
            count: int,
        ) -> ListedPage:
            if (message_data_id, index) == PLACE:
                raise ZeroDivisionError
            return await super().list_comments(
                account, message_data_id=message_data_id, index=index, begin=begin, count=count
            )

    wechat = Odd()
    wechat.listed[OTHERS_PLACE] = [comment(2, "好", clock())]
    poll = PollComments(
        channels,
        articles,
        comments,
        PollArticle(comments, wechat, identities, tally, clock),
        tally,
        clock,
        younger_than=timedelta(days=30),
    )

    await poll()

    assert [it.text for it in comments.all] == ["好"]
    assert "failed poll_article article_1 ZeroDivisionError" in tally.counted


async def test_a_comment_that_cannot_be_stored_keeps_out_no_other_and_is_tried_again_later(
    wechat: MemoryWeChat,
    identities: DerivedIdentities,
    tally: MemoryTally,
    article: Article,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    class Choosy(MemoryComments):
        choosy = True

        async def add(self, aggregate: Comment, *args: object, **more: object) -> Comment:
            if self.choosy and aggregate.openid == "openid_1":
                raise CannotDecrypt
            return await super().add(aggregate, *args, **more)  # type: ignore[arg-type]

    comments = Choosy()
    poll_article = PollArticle(comments, wechat, identities, tally, clock)
    wechat.listed[PLACE] = [comment(1, "没水", clock()), comment(2, "好", clock())]

    await poll_article(article, account)
    await poll_article(article, account)

    assert [it.text for it in comments.all] == ["好"]
    assert [it.split()[:2] for it in tally.counted] == [["failed", "read_comment"]]
    comments.choosy = False
    clock.advance(seconds=30)
    await poll_article(article, account)
    assert [it.text for it in comments.all] == ["好", "没水"]


@pytest.mark.parametrize("absurd", [10**18, -(10**18), 253_402_300_800])
async def test_a_comment_of_an_absurd_time_is_read_with_the_others(
    absurd: int,
    comments: Comments,
    identities: DerivedIdentities,
    tally: MemoryTally,
    article: Article,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    written = [
        {"user_comment_id": 1, "create_time": absurd, "content": "没水"},
        {"user_comment_id": 2, "create_time": 1795420000, "content": "好"},
    ]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/cgi-bin/stable_token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 7200})
        return httpx.Response(200, json={"errcode": 0, "total": 2, "comment": written})

    wechat = HttpWeChat("https://wechat", clock, transport=httpx.MockTransport(answer))

    await PollArticle(comments, wechat, identities, tally, clock)(article, account)

    assert {(it.text, it.commented_at) for it in comments.all} == {
        ("没水", clock()),
        ("好", datetime.fromtimestamp(1795420000, UTC)),
    }
    assert tally.counted == []


@pytest.fixture
def send_due(
    channels: Channels,
    comments: Comments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    clock: FrozenClock,
    no_invitation: InviteToJoin,
) -> SendDueReplies:
    send_reply = SendReply(channels, comments, wechat, no_invitation, tally, clock)
    return SendDueReplies(comments, send_reply, tally, clock)


async def asked(comments: Comments, channel: Channel, number: int, clock: FrozenClock) -> str:
    """A message with a reply that is due. Returns: its id."""
    made, events = receive(
        comment_id=f"comment_{number}",
        community_id=channel.community_id,
        channel_id=channel.id,
        source=CommentSource.MESSAGE,
        person_key=f"person_{number}",
        openid=f"openid_{number}",
        words=Words(text="没水", redacted_text="没水", text_mark="mark"),
        commented_at=clock(),
        at=clock(),
    )
    made, _ = made.request_reply("马上去", by="account_1", at=clock())
    await comments.add(made, events)
    return made.id


async def test_replies_that_cannot_be_read_hold_up_no_other_however_many_they_are(
    send_due: SendDueReplies,
    comments: Comments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    comments.sealed = {await asked(comments, channel, number, clock) for number in range(AT_ONCE)}
    clock.advance(seconds=1)
    await asked(comments, channel, 99, clock)

    await send_due()
    await send_due()

    assert wechat.said == [("openid_99", "马上去")]
    assert tally.counted.count("reply delivered") == 1
    assert len(tally.counted) == AT_ONCE + 1


async def test_a_reply_through_a_channel_that_cannot_be_read_waits_unsent(
    send_due: SendDueReplies,
    channels: Channels,
    comments: Comments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    channel: Channel,
    others_channel: Channel,
    clock: FrozenClock,
) -> None:
    channels.fails[channel.id] = CannotDecrypt()
    bad = await asked(comments, channel, 1, clock)
    await asked(comments, others_channel, 2, clock)

    await send_due()

    reply = (await comments.get(channel.community_id, bad)).reply
    assert reply is not None
    assert (reply.delivery, wechat.said) == (Delivery.PENDING, [("openid_2", "马上去")])
    assert "failed send_reply comment_1 CannotDecrypt" in tally.counted
    channels.fails.clear()
    clock.advance(seconds=30)
    await send_due()
    assert wechat.said[1:] == [("openid_1", "马上去")]

"""People, channels and clocks that the tests of the use cases share."""

from datetime import UTC, datetime, timedelta

import pytest
from chassis.encryption import LookupHash
from chassis.testing import FrozenClock
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryTally,
    MemoryWeChat,
)
from outreach.adapters.memory_joining import (
    CountedJoinLinks,
    MemoryBoundAccounts,
    MemoryCommenters,
    NoJoinLinks,
)
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.poll_article import PollArticle
from outreach.application.poll_comments import PollComments
from outreach.domain.articles import Article, register_published
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount
from outreach.domain.permissions import Actor

from .joining_cast import JoiningCast
from .listed import PLACE


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


@pytest.fixture
def channels() -> MemoryChannels:
    return MemoryChannels()


@pytest.fixture
def articles() -> MemoryArticles:
    return MemoryArticles()


@pytest.fixture
def comments() -> MemoryComments:
    return MemoryComments()


@pytest.fixture
def commenters() -> MemoryCommenters:
    return MemoryCommenters()


@pytest.fixture
def accounts() -> MemoryBoundAccounts:
    return MemoryBoundAccounts()


@pytest.fixture
def join_links() -> CountedJoinLinks:
    return CountedJoinLinks()


@pytest.fixture
def no_invitation(commenters: MemoryCommenters, identities: DerivedIdentities) -> InviteToJoin:
    """Of a system that has no page for links."""
    return InviteToJoin(commenters, identities, NoJoinLinks())


@pytest.fixture
def wechat() -> MemoryWeChat:
    return MemoryWeChat()


@pytest.fixture
def tally() -> MemoryTally:
    return MemoryTally()


@pytest.fixture
def identities() -> DerivedIdentities:
    return DerivedIdentities(LookupHash(bytes(32)))


@pytest.fixture
def clerk() -> Actor:
    return Actor("account_clerk", "community_bajiazhuang", frozenset({"clerk"}))


@pytest.fixture
def secretary() -> Actor:
    return Actor("account_secretary", "community_bajiazhuang", frozenset({"secretary"}))


@pytest.fixture
def account() -> OfficialAccount:
    """The account of WeChat's own sample code."""
    return OfficialAccount(
        app_id="wx2c2769f8efd9abc2",
        original_id="gh_10f6c3c3ac5a",
        app_secret="0123456789abcdef0123456789abcdef",
        callback_token="spamtest",
        encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    )


@pytest.fixture
async def channel(
    channels: MemoryChannels, account: OfficialAccount, clock: FrozenClock
) -> Channel:
    return await channels.add(
        Channel.register(
            channel_id="channel_official",
            community_id="community_bajiazhuang",
            kind=ChannelKind.OFFICIAL_ACCOUNT,
            name="八家庄社区",
            official_account=account,
            at=clock(),
            by="account_secretary",
        )
    )


@pytest.fixture
def poll_article(
    comments: MemoryComments,
    wechat: MemoryWeChat,
    identities: DerivedIdentities,
    tally: MemoryTally,
    clock: FrozenClock,
) -> PollArticle:
    return PollArticle(comments, wechat, identities, tally, clock)


@pytest.fixture
def poll(
    channels: MemoryChannels,
    articles: MemoryArticles,
    comments: MemoryComments,
    poll_article: PollArticle,
    tally: MemoryTally,
    clock: FrozenClock,
) -> PollComments:
    return PollComments(
        channels,
        articles,
        comments,
        poll_article,
        tally,
        clock,
        younger_than=timedelta(days=30),
    )


@pytest.fixture
async def article(articles: MemoryArticles, channel: Channel, clock: FrozenClock) -> Article:
    made, events = register_published(
        article_id="article_1",
        channel=channel,
        title="社区这一周",
        url="https://mp.weixin.qq.com/s/1",
        message_data_id=PLACE[0],
        index=PLACE[1],
        published_at=clock(),
        at=clock(),
        by="account_clerk",
    )
    return await articles.add(made, events)


@pytest.fixture
def joining(
    channel: Channel,
    channels: MemoryChannels,
    comments: MemoryComments,
    commenters: MemoryCommenters,
    accounts: MemoryBoundAccounts,
    wechat: MemoryWeChat,
    identities: DerivedIdentities,
    join_links: CountedJoinLinks,
    tally: MemoryTally,
    clock: FrozenClock,
) -> JoiningCast:
    wechat.unionids["openid_tian"] = "union_tian"
    return JoiningCast(
        channel,
        channels,
        comments,
        commenters,
        accounts,
        wechat,
        identities,
        join_links,
        tally,
        clock,
    )

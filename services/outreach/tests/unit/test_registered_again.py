"""An account that is archived and registered anew is the same account with the same comments."""

import pytest
from chassis.testing import REQUESTS, FrozenClock
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryTally,
    MemoryWeChat,
)
from outreach.application.archive_channel import ArchiveChannel
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.poll_comments import PollComments
from outreach.application.register_channel import RegisterChannel
from outreach.application.register_published_article import RegisterPublishedArticle
from outreach.application.send_due_replies import SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.domain import errors
from outreach.domain.articles import Article
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount
from outreach.domain.permissions import Actor

from .listed import PLACE, comment


async def registered_again(
    channels: MemoryChannels,
    channel: Channel,
    secretary: Actor,
    account: OfficialAccount,
    clock: FrozenClock,
) -> Channel:
    await ArchiveChannel(channels, clock)(
        secretary,
        channel.id,
        request=REQUESTS.request_for(secretary.account_id, "archive"),
    )
    return await RegisterChannel(channels, clock)(
        secretary,
        channel_id="channel_again",
        kind=ChannelKind.OFFICIAL_ACCOUNT,
        name="八家庄社区",
        official_account=account,
        request=REQUESTS.request_for(secretary.account_id, "register"),
    )


async def test_its_old_comments_are_no_new_ones_and_its_articles_are_polled_on(
    poll: PollComments,
    channels: MemoryChannels,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    article: Article,
    channel: Channel,
    secretary: Actor,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    await poll()
    before = comments.all
    await registered_again(channels, channel, secretary, account, clock)

    await poll()
    unchanged = comments.all
    wechat.listed[PLACE] += [comment(2, "还没水", clock())]
    await poll()

    assert unchanged == before
    assert [event.type for event in comments.events] == ["comment.received.v1"] * 2


async def test_its_articles_are_known_already(
    poll: PollComments,
    channels: MemoryChannels,
    articles: MemoryArticles,
    article: Article,
    channel: Channel,
    secretary: Actor,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    again = await registered_again(channels, channel, secretary, account, clock)

    with pytest.raises(errors.ArticleAlreadyRegistered):
        await RegisterPublishedArticle(channels, articles, clock)(
            secretary,
            article_id="article_2",
            channel_id=again.id,
            title=article.title,
            url=article.url,
            message_data_id=article.message_data_id,
            index=article.index,
            published_at=article.published_at,
            request=REQUESTS.request_for(secretary.account_id, "article"),
        )
    assert articles.all == [article]


async def test_a_reply_asked_for_before_goes_out_after(
    poll: PollComments,
    channels: MemoryChannels,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    article: Article,
    channel: Channel,
    secretary: Actor,
    account: OfficialAccount,
    clock: FrozenClock,
    no_invitation: InviteToJoin,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    await poll()
    (there,) = comments.all
    await comments.change(
        there.community_id,
        there.id,
        lambda it: it.request_reply("马上去", by="account_clerk", at=clock()),
    )
    await registered_again(channels, channel, secretary, account, clock)

    await SendDueReplies(
        comments, SendReply(channels, comments, wechat, no_invitation, tally, clock), tally, clock
    )()

    assert wechat.said == [("1", "马上去")]


def test_a_message_is_named_by_community_and_account(identities: DerivedIdentities) -> None:
    one = identities.message("community_1", "wx1", "7")

    assert one == identities.message("community_1", "wx1", "7")
    assert one != identities.message("community_2", "wx1", "7")
    assert one != identities.message("community_1", "wx2", "7")

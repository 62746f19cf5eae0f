"""Channels and articles are registered by those who may, once, and only if they can be right."""

from datetime import timedelta

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from outreach.adapters.memory import MemoryArticles, MemoryChannels
from outreach.application.archive_channel import ArchiveChannel
from outreach.application.register_channel import RegisterChannel
from outreach.application.register_published_article import RegisterPublishedArticle
from outreach.domain import errors
from outreach.domain.articles import Article
from outreach.domain.channels import Channel, ChannelKind, ChannelState, OfficialAccount
from outreach.domain.permissions import ALLOWED, Actor, Operation, may

CREDENTIALS = {
    "app_id": "wx2c2769f8efd9abc2",
    "original_id": "gh_10f6c3c3ac5a",
    "app_secret": "0123456789abcdef0123456789abcdef",
    "callback_token": "spamtest",
    "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def asked(number: int = 1, **inputs: object) -> Request:
    return REQUESTS.request_for("account_secretary", str(number), **inputs)


@pytest.fixture
def register_channel(channels: MemoryChannels, clock: FrozenClock) -> RegisterChannel:
    return RegisterChannel(channels, clock)


@pytest.fixture
def register_article(
    channels: MemoryChannels, articles: MemoryArticles, clock: FrozenClock
) -> RegisterPublishedArticle:
    return RegisterPublishedArticle(channels, articles, clock)


async def registered(
    register_channel: RegisterChannel,
    actor: Actor,
    *,
    channel_id: str = "channel_1",
    kind: ChannelKind = ChannelKind.OFFICIAL_ACCOUNT,
    name: str = "八家庄社区",
    account: OfficialAccount | None = None,
    request: Request | None = None,
) -> Channel:
    return await register_channel(
        actor,
        channel_id=channel_id,
        kind=kind,
        name=name,
        official_account=account,
        request=request or asked(),
    )


async def test_a_secretary_registers_an_official_account(
    register_channel: RegisterChannel, secretary: Actor, account: OfficialAccount
) -> None:
    channel = await registered(register_channel, secretary, account=account)

    assert channel.state is ChannelState.ACTIVE
    assert channel.community_id == secretary.community_id
    assert account.app_secret not in repr(channel)
    assert account.encoding_aes_key not in repr(channel)


async def test_a_clerk_may_not_register_a_channel(
    register_channel: RegisterChannel,
    channels: MemoryChannels,
    clerk: Actor,
    account: OfficialAccount,
) -> None:
    with pytest.raises(Forbidden):
        await registered(register_channel, clerk, account=account)
    assert channels.all == []


async def test_an_account_is_registered_once_and_again_after_archiving(
    register_channel: RegisterChannel,
    channels: MemoryChannels,
    secretary: Actor,
    account: OfficialAccount,
    clock: FrozenClock,
) -> None:
    await registered(register_channel, secretary, account=account)

    with pytest.raises(errors.ChannelAlreadyRegistered):
        await registered(
            register_channel,
            secretary,
            account=account,
            channel_id="channel_2",
            request=asked(2),
        )
    archive = ArchiveChannel(channels, clock)
    await archive(secretary, "channel_1", request=asked(3))
    again = await registered(
        register_channel, secretary, account=account, channel_id="channel_2", request=asked(2)
    )

    assert again.state is ChannelState.ACTIVE
    with pytest.raises(errors.ChannelArchived):
        await archive(secretary, "channel_1", request=asked(4))


async def test_a_repeat_gets_the_first_outcome_and_other_input_is_refused(
    register_channel: RegisterChannel,
    channels: MemoryChannels,
    secretary: Actor,
    account: OfficialAccount,
) -> None:
    first = await registered(register_channel, secretary, account=account, request=asked(a=1))

    again = await registered(register_channel, secretary, account=account, request=asked(a=1))

    assert again == first
    with pytest.raises(RequestIdReused):
        await registered(register_channel, secretary, account=account, request=asked(a=2))
    assert channels.writes == 1


@pytest.mark.parametrize("kind", [ChannelKind.GROUP, ChannelKind.VIDEO_ACCOUNT])
async def test_other_channels_have_no_credentials(
    kind: ChannelKind,
    register_channel: RegisterChannel,
    secretary: Actor,
    account: OfficialAccount,
) -> None:
    channel = await registered(register_channel, secretary, kind=kind)

    assert channel.official_account is None
    with pytest.raises(errors.OfficialAccountInvalid):
        await registered(register_channel, secretary, kind=kind, account=account)


async def test_an_official_account_needs_its_credentials(
    register_channel: RegisterChannel, secretary: Actor
) -> None:
    with pytest.raises(errors.OfficialAccountInvalid):
        await registered(register_channel, secretary)


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
async def test_a_name_is_short_and_not_empty(
    name: str, register_channel: RegisterChannel, secretary: Actor, account: OfficialAccount
) -> None:
    with pytest.raises(errors.NameInvalid):
        await registered(register_channel, secretary, name=name, account=account)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("app_id", "2c2769f8efd9abc2"),
        ("original_id", "10f6c3c3ac5a"),
        ("app_secret", "short"),
        ("callback_token", "a b"),
        ("callback_token", "字" * 5),
        ("encoding_aes_key", "a" * 42),
        ("encoding_aes_key", "a" * 44),
        ("encoding_aes_key", "a" * 42 + "="),
    ],
)
def test_credentials_have_wechats_form(field: str, value: str) -> None:
    with pytest.raises(errors.OfficialAccountInvalid):
        OfficialAccount(**{**CREDENTIALS, field: value})


async def article_of(
    register_article: RegisterPublishedArticle,
    actor: Actor,
    clock: FrozenClock,
    *,
    article_id: str = "article_1",
    channel_id: str = "channel_official",
    title: str = "社区这一周",
    url: str = "https://mp.weixin.qq.com/s/1",
    message_data_id: int = 2247483650,
    index: int = 0,
    published: timedelta = timedelta(0),
    request: Request | None = None,
) -> Article:
    return await register_article(
        actor,
        article_id=article_id,
        channel_id=channel_id,
        title=title,
        url=url,
        message_data_id=message_data_id,
        index=index,
        published_at=clock() + published,
        request=request or asked(),
    )


async def test_a_published_article_is_told(
    register_article: RegisterPublishedArticle,
    articles: MemoryArticles,
    clerk: Actor,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    article = await article_of(register_article, clerk, clock)

    assert articles.events == [article.published]
    assert article.published.type == "article.published.v1"


async def test_the_same_article_is_registered_once(
    register_article: RegisterPublishedArticle,
    articles: MemoryArticles,
    clerk: Actor,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    await article_of(register_article, clerk, clock)

    with pytest.raises(errors.ArticleAlreadyRegistered):
        await article_of(register_article, clerk, clock, article_id="article_2", request=asked(2))
    assert articles.writes == 1


async def test_a_repeat_gets_the_first_outcome_though_the_channel_is_archived_by_now(
    register_article: RegisterPublishedArticle,
    channels: MemoryChannels,
    articles: MemoryArticles,
    clerk: Actor,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    first = await article_of(register_article, clerk, clock, request=asked(a=1))
    await channels.change(channel.community_id, channel.id, lambda it: it.archive(clock()))

    assert await article_of(register_article, clerk, clock, request=asked(a=1)) == first
    with pytest.raises(RequestIdReused):
        await article_of(register_article, clerk, clock, index=1, request=asked(a=2))
    assert articles.writes == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "长" * 65},
        {"url": "javascript:alert(1)"},
        {"url": "https://"},
        {"url": "https://[x"},
        {"url": "https://mp.weixin.qq.com/a b"},
        {"url": "https://mp.weixin.qq.com/" + "a" * 1000},
        {"message_data_id": 0},
        {"message_data_id": 2**63},
        {"index": -1},
        {"index": 8},
        {"published": timedelta(hours=1)},
    ],
)
async def test_an_article_that_cannot_be_right_is_refused(
    wrong: dict[str, object],
    register_article: RegisterPublishedArticle,
    articles: MemoryArticles,
    clerk: Actor,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    with pytest.raises(errors.ArticleInvalid):
        await article_of(register_article, clerk, clock, **wrong)  # type: ignore[arg-type]
    assert articles.all == []


async def test_another_communitys_channel_is_as_unknown_as_none(
    register_article: RegisterPublishedArticle, channel: Channel, clock: FrozenClock
) -> None:
    stranger = Actor("account_other", "community_other", frozenset({"clerk"}))

    with pytest.raises(errors.ChannelNotFound):
        await article_of(register_article, stranger, clock)
    with pytest.raises(errors.ChannelNotFound):
        await article_of(register_article, stranger, clock, channel_id="channel_x")


async def test_a_group_publishes_no_article(
    register_channel: RegisterChannel,
    register_article: RegisterPublishedArticle,
    secretary: Actor,
    clock: FrozenClock,
) -> None:
    await registered(register_channel, secretary, kind=ChannelKind.GROUP)

    with pytest.raises(errors.NotAnOfficialAccount):
        await article_of(register_article, secretary, clock, channel_id="channel_1")


OF_RESIDENTS = {Operation.READ_OWN_COMMENTS, Operation.TAKE_OVER_COMMENT}
OF_FOLLOWERS = {
    Operation.RECORD_GRANT,
    Operation.READ_OWN_NOTICES,
    Operation.MARK_NOTICES_READ,
}


@pytest.mark.parametrize("operation", sorted(OF_RESIDENTS))
def test_what_is_the_residents_own_is_nobody_elses(operation: Operation) -> None:
    others = {"clerk", "secretary", "steward", "partner", "merchant", "auditor", ""}

    assert may(Actor("a", "c", frozenset({"resident"})), operation)
    assert not may(Actor("a", "c", frozenset(others)), operation)


@pytest.mark.parametrize("operation", sorted(OF_FOLLOWERS))
def test_who_may_follow_an_issue_has_notices(operation: Operation) -> None:
    for role in ("resident", "clerk", "secretary", "steward", "partner"):
        assert may(Actor("a", "c", frozenset({role})), operation)
    assert not may(Actor("a", "c", frozenset({"merchant", "auditor", ""})), operation)


@pytest.mark.parametrize("operation", sorted(set(Operation) - OF_RESIDENTS - OF_FOLLOWERS))
def test_all_else_is_for_staff_alone(operation: Operation) -> None:
    others = {"resident", "steward", "partner", "merchant", "auditor", ""}

    assert not ALLOWED[operation] & others
    assert may(Actor("a", "c", frozenset({"secretary"})), operation)
    assert not may(Actor("a", "c", frozenset(others)), operation)
    assert not may(Actor("a", "c", frozenset()), operation)

"""What the use cases rely on of channels and articles, in memory and in a store."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from chassis.errors import RequestIdReused
from chassis.ids import new_id
from chassis.testing import REQUESTS
from outreach.adapters.memory import MemoryArticles, MemoryChannels
from outreach.adapters.mongo_articles import MongoArticles
from outreach.adapters.mongo_channels import MongoChannels
from outreach.application.period import Period
from outreach.domain import errors
from outreach.domain.articles import Article, register_published
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE, THERE = "community_here", "community_there"
Channels = MemoryChannels | MongoChannels
Articles = MemoryArticles | MongoArticles


def channel(
    number: int = 1, community_id: str = HERE, app_id: str = "wx2c2769f8efd9abc2"
) -> Channel:
    return Channel.register(
        channel_id=new_id("channel"),
        community_id=community_id,
        kind=ChannelKind.OFFICIAL_ACCOUNT,
        name=f"公众号{number}",
        official_account=OfficialAccount(
            app_id=app_id,
            original_id="gh_10f6c3c3ac5a",
            app_secret="0123456789abcdef0123456789abcdef",
            callback_token="spamtest",
            encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        ),
        at=AT + timedelta(seconds=number),
        by="account_1",
    )


def article(owner: Channel, number: int = 1) -> Article:
    made, _ = register_published(
        article_id=new_id("article"),
        channel=owner,
        title=f"第{number}篇",
        url="https://mp.weixin.qq.com/s/1",
        message_data_id=number,
        index=0,
        published_at=AT + timedelta(minutes=number),
        at=AT + timedelta(hours=1),
        by="account_1",
    )
    return made


async def test_a_channel_is_read_as_it_was_stored(channels: Channels) -> None:
    stored = await channels.add(channel())

    assert await channels.get(HERE, stored.id) == stored
    assert await channels.of_callback(stored.id) == stored
    assert await channels.get_many(HERE, ["channel_x", stored.id]) == [None, stored]


async def test_a_group_has_nothing_to_seal(channels: Channels) -> None:
    group = Channel.register(
        channel_id=new_id("channel"),
        community_id=HERE,
        kind=ChannelKind.GROUP,
        name="3号楼业主群",
        official_account=None,
        at=AT,
        by="account_1",
    )

    stored = await channels.add(group)

    assert await channels.get(HERE, stored.id) == stored


async def test_another_communitys_channel_is_unknown(channels: Channels) -> None:
    stored = await channels.add(channel())

    with pytest.raises(errors.ChannelNotFound):
        await channels.get(THERE, stored.id)
    assert await channels.get_many(THERE, [stored.id]) == [None]
    with pytest.raises(errors.ChannelNotFound):
        await channels.change(THERE, stored.id, lambda it: it.archive(AT))
    with pytest.raises(errors.ChannelNotFound):
        await channels.of_callback("channel_x")


async def test_an_account_is_active_once_in_a_community(channels: Channels) -> None:
    first = await channels.add(channel(1))

    with pytest.raises(errors.ChannelAlreadyRegistered):
        await channels.add(channel(2))
    await channels.add(channel(3, community_id=THERE))
    await channels.add(channel(4, app_id="wx0000000000000000"))
    await channels.change(HERE, first.id, lambda it: it.archive(AT))
    again = await channels.add(channel(5))

    assert again.registration == 1
    assert await channels.add(again) == again
    with pytest.raises(errors.ChannelAlreadyRegistered):
        await channels.add(channel(6))


async def test_a_request_id_used_for_another_active_account_is_named_as_that(
    channels: Channels,
) -> None:
    one, two = channel(1), channel(2, app_id="wx0000000000000000")
    asked = REQUESTS.request_for("account_1", "R", app_id="wx2c2769f8efd9abc2")
    stored = await channels.add(one, request=asked)
    await channels.add(two)
    other = msgspec.structs.replace(two, id=one.id)

    with pytest.raises(RequestIdReused):
        await channels.add(
            other, request=REQUESTS.request_for("account_1", "R", app_id="wx0000000000000000")
        )
    assert await channels.get(HERE, one.id) == stored


async def test_an_article_asked_for_again_is_the_first_outcome_whatever_it_says_now(
    articles: Articles,
) -> None:
    owner = channel()
    asked = REQUESTS.request_for("account_1", "R", number=1)
    stored = await articles.add(article(owner, 1), request=asked)
    await articles.add(article(owner, 2))
    other = msgspec.structs.replace(article(owner, 2), id=stored.id)

    assert await articles.add(stored, request=asked) == stored
    with pytest.raises(RequestIdReused):
        await articles.add(other, request=REQUESTS.request_for("account_1", "R", number=2))


async def test_of_registrations_at_the_same_moment_one_wins(channels: Channels) -> None:
    outcomes = await asyncio.gather(
        *(channels.add(channel(number)) for number in range(8)), return_exceptions=True
    )

    refused = [it for it in outcomes if isinstance(it, errors.ChannelAlreadyRegistered)]
    assert len(refused) == 7


async def test_channels_are_listed_newest_first(channels: Channels) -> None:
    added = [
        await channels.add(channel(number, app_id=f"wx000000000000000{number}"))
        for number in range(1, 4)
    ]
    await channels.add(channel(9, community_id=THERE))

    first = await channels.listed(HERE, first=2, after=None)
    rest = await channels.listed(HERE, first=2, after=first.cursors[-1])

    assert [*first.items, *rest.items] == added[::-1]
    assert (first.has_next_page, rest.has_next_page) == (True, False)


async def test_an_account_is_in_use_by_its_active_channel(channels: Channels) -> None:
    first = await channels.add(channel())
    await channels.change(HERE, first.id, lambda it: it.archive(AT))
    await channels.add(channel(2, community_id=THERE))

    app_id = "wx2c2769f8efd9abc2"
    assert await channels.active_of_account(HERE, app_id) is None
    again = await channels.add(channel(3))
    assert await channels.active_of_account(HERE, app_id) == again
    assert await channels.active_of_account(HERE, "wx0000000000000000") is None


async def test_an_article_is_registered_once_for_an_account(articles: Articles) -> None:
    owner = channel()
    stored = await articles.add(article(owner))

    for same_account in (owner, channel()):
        with pytest.raises(errors.ArticleAlreadyRegistered):
            await articles.add(article(same_account))
    await articles.add(article(channel(app_id="wx0000000000000000")))
    await articles.add(article(channel(community_id=THERE)))
    assert await articles.get(HERE, stored.id) == stored
    with pytest.raises(errors.ArticleNotFound):
        await articles.get(THERE, stored.id)


async def test_articles_are_listed_and_counted_by_community(articles: Articles) -> None:
    here, there = channel(), channel(community_id=THERE)
    added = [await articles.add(article(here, number)) for number in range(1, 4)]
    await articles.add(article(there, 9))

    first = await articles.listed(HERE, first=2, after=None)
    rest = await articles.listed(HERE, first=2, after=first.cursors[-1])

    assert [*first.items, *rest.items] == added[::-1]
    within = Period(AT + timedelta(minutes=1), AT + timedelta(minutes=3))
    assert await articles.count(HERE, within) == 2


async def test_the_worker_finds_young_articles_of_every_community(articles: Articles) -> None:
    added = [
        await articles.add(article(channel(community_id=community_id), number))
        for number, community_id in enumerate((HERE, THERE, HERE), 1)
    ]

    found = await articles.published_since(AT + timedelta(minutes=2))

    assert found == [added[2], added[1]]

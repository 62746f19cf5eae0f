"""Every query of api and worker is served by an index, without a sort in memory.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort, and reads a whole collection where a condition goes beyond
one index; there the rule is asked of the figures alone, and of the rest that it can be explained.
"""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from chassis.clock import utc_now
from chassis.encryption import SecretBox, WrappingKeys
from chassis.mongo import Document, Store
from chassis.person_keys import PersonKeys
from chassis.testing_explain import Recorded, assert_indexed
from outreach.adapters.mongo_articles import MongoArticles
from outreach.adapters.mongo_bound_accounts import MongoBoundAccounts
from outreach.adapters.mongo_channels import MongoChannels
from outreach.adapters.mongo_commenters import MongoCommenters
from outreach.adapters.mongo_comments import MongoComments
from outreach.application.queries import Queries
from outreach.domain import sending
from outreach.domain.articles import Article
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount
from outreach.domain.commenters import meet
from outreach.domain.comments import (
    ArticlePlace,
    Comment,
    CommentSource,
    CommentState,
    Words,
    receive,
)
from outreach.domain.join_links import JoinLink
from outreach.domain.joining import Joined, JoinedBy
from outreach.domain.permissions import Actor

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITIES = ("community_here", "community_there")
PER_COMMUNITY = 60
STAFF = Actor("account_1", COMMUNITIES[0], frozenset({"clerk"}))


class Repositories(msgspec.Struct):
    """Filled, and recording what they are asked."""

    channels: MongoChannels
    articles: MongoArticles
    comments: MongoComments
    commenters: MongoCommenters
    accounts: MongoBoundAccounts
    plans: list[Document]

    @property
    def queries(self) -> Queries:
        return Queries(self.channels, self.articles, self.comments, lambda: AT)


@pytest.fixture
async def recorded(store: Store, wrapping_keys: WrappingKeys) -> Repositories:
    """Two communities' channels, articles and comments of every fate."""
    filled = Repositories(
        channels=MongoChannels(store, SecretBox(wrapping_keys)),
        articles=MongoArticles(store),
        comments=MongoComments(store, PersonKeys(store, wrapping_keys, now=utc_now)),
        commenters=MongoCommenters(store),
        accounts=MongoBoundAccounts(store),
        plans=[],
    )
    for community_id in COMMUNITIES:
        for number in range(PER_COMMUNITY):
            await filled.channels.add(_channel(community_id, number))
            await filled.articles.add(_article(community_id, number))
            await _add_comment(filled.comments, community_id, number)
            await _add_people(filled, community_id, number)
    for repository in (
        filled.channels,
        filled.articles,
        filled.comments,
        filled.commenters,
        filled.accounts,
    ):
        repository.collection = Recorded(repository.collection, filled.plans)
    return filled


async def test_every_read_of_the_graph_has_an_index(recorded: Repositories, strictly: bool) -> None:
    queries = recorded.queries
    channels = await queries.channels(STAFF, first=20, after=None)
    await queries.channels(STAFF, first=20, after=channels.cursors[-1])
    articles = await queries.articles(STAFF, first=20, after=None)
    await queries.articles(STAFF, first=20, after=articles.cursors[-1])
    for state in (None, *CommentState):
        comments = await queries.comments(STAFF, state=state, first=5, after=None)
        await queries.comments(STAFF, state=state, first=5, after=comments.cursors[-1])
    await queries.channels_by_id(STAFF, [it.id for it in channels.items])
    await queries.articles_by_id(STAFF, [it.id for it in articles.items])
    await queries.comments_by_id(STAFF, [it.id for it in comments.items])

    assert len(recorded.plans) == 4 + 2 * 6 + 3
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_figure_is_counted_by_index(recorded: Repositories) -> None:
    since, until = AT + timedelta(minutes=10), AT + timedelta(minutes=40)
    figures = await recorded.queries.figures(STAFF, COMMUNITIES[0], since, until)

    assert figures is not None
    assert (figures.comments_received, figures.articles_published) == (30, 30)
    assert len(recorded.plans) == 3
    assert_indexed(recorded.plans, strictly=True)


async def test_every_look_of_callback_and_worker_has_an_index(
    recorded: Repositories, strictly: bool
) -> None:
    await recorded.channels.of_callback("channel_community_here_1")
    await recorded.channels.active_of_account(COMMUNITIES[0], f"wx{1:016d}")
    await recorded.articles.published_since(AT + timedelta(minutes=PER_COMMUNITY - 5))
    await recorded.comments.known_of_article(COMMUNITIES[0], "article_1")
    await recorded.comments.articles_with_unknown_replies(limit=500)
    await recorded.comments.due_replies(AT, limit=50)
    await recorded.comments.sending_since_before(AT + timedelta(seconds=30), limit=50)
    await recorded.comments.last_message_at(COMMUNITIES[0], "person_1")

    assert len(recorded.plans) == 8
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_look_of_joining_has_an_index(recorded: Repositories, strictly: bool) -> None:
    resident = Actor("account_joined_1", COMMUNITIES[0], frozenset({"resident"}))
    mine = await recorded.queries.own_comments(resident, first=2, after=None)
    await recorded.queries.own_comments(resident, first=2, after=mine.cursors[-1])
    assert len(mine.items) == 2
    assert await recorded.comments.of_person(COMMUNITIES[0], "person_1")
    assert await recorded.comments.of_join_mark(COMMUNITIES[0], "mark_7")
    assert await recorded.comments.joined_but_not_under(
        COMMUNITIES[0], "account_joined_1", "person_1"
    )
    await recorded.comments.openid_of_person(COMMUNITIES[0], "person_1")
    assert await recorded.commenters.of_union(COMMUNITIES[0], "union_1")
    assert await recorded.commenters.joined_to(COMMUNITIES[0], "account_joined_1")
    assert await recorded.commenters.due(AT + timedelta(minutes=30), limit=50)
    assert await recorded.accounts.of_union(COMMUNITIES[0], "union_1")
    await recorded.accounts.find(COMMUNITIES[0], "account_1")

    assert len(recorded.plans) == 11
    assert_indexed(recorded.plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(recorded: Repositories) -> None:
    where = {"community_id": COMMUNITIES[0], "channel_id": "channel_x"}
    await recorded.comments.collection.find(where, sort=(("channel_id", 1),), limit=20)
    await recorded.comments.collection.find_one({"channel_id": "channel_x"})

    for plan in recorded.plans:
        with pytest.raises(AssertionError, match=r"SORT|COLLSCAN"):
            assert_indexed([plan], strictly=True)


def _channel(community_id: str, number: int) -> Channel:
    return Channel.register(
        channel_id=f"channel_{community_id}_{number}",
        community_id=community_id,
        kind=ChannelKind.OFFICIAL_ACCOUNT,
        name=f"公众号{number}",
        official_account=OfficialAccount(
            app_id=f"wx{number:016d}",
            original_id="gh_10f6c3c3ac5a",
            app_secret="0123456789abcdef0123456789abcdef",
            callback_token="spamtest",
            encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        ),
        at=AT + timedelta(minutes=number),
        by="account_1",
    )


def _article(community_id: str, number: int) -> Article:
    return Article(
        id=f"article_{community_id}_{number}",
        community_id=community_id,
        channel_id=f"channel_{community_id}_1",
        app_id="wx2c2769f8efd9abc2",
        title=f"第{number}篇",
        url="https://mp.weixin.qq.com/s/1",
        message_data_id=number + 1,
        index=0,
        published_at=AT + timedelta(minutes=number),
        registered_at=AT,
        registered_by="account_1",
    )


async def _add_comment(comments: MongoComments, community_id: str, number: int) -> None:
    comment, events = receive(
        comment_id=f"comment_{community_id}_{number}",
        community_id=community_id,
        channel_id=f"channel_{community_id}_1",
        source=CommentSource.ARTICLE,
        article_id=f"article_{number % 10}",
        place=ArticlePlace(message_data_id=1, index=0, user_comment_id=number),
        person_key=f"person_{number % 5}",
        openid=None,
        words=Words(text="没水", redacted_text="没水", text_mark="mark"),
        commented_at=AT,
        at=AT + timedelta(minutes=number),
    )
    comment = _replied_to(comment, number)
    if number % 4 == 0:
        comment, _ = comment.join(_joined(number))
    await comments.add(comment, events)


def _replied_to(comment: Comment, number: int) -> Comment:
    """Every fate that a comment can have, in turn."""
    if number % 6 in {1, 2, 3, 4}:
        comment, _ = comment.request_reply("马上去", by="account_1", at=AT)
    if number % 6 in {1, 2, 3}:
        comment, _ = sending.start(comment, AT, JoinLink(f"mark_{number}", AT))
    match number % 6:
        case 0:
            comment, _ = comment.dismiss(intake_id="intake_1", reason="表扬", at=AT)
        case 1:
            comment, _ = comment.replied(AT)
        case 2:
            comment, _ = sending.outcome_unknown(comment)
        case 5 if number % 12 == 5:
            comment, _ = comment.delete(AT)
        case 5:
            comment, _ = comment.link(intake_id="intake_1", issue_id="issue_1", at=AT)
    return comment


async def _add_people(filled: Repositories, community_id: str, number: int) -> None:
    """Commenters and accounts: some recognised, some joined, some to be looked up."""
    commenter = meet(
        commenter_id=f"commenter_{community_id}_{number}",
        community_id=community_id,
        person_key=f"person_{number}",
        channel_id="channel_1",
        has_openid=number % 2 == 0,
        at=AT + timedelta(minutes=number),
    )
    if number % 3 == 0:
        commenter, _ = commenter.join(_joined(number))
    if number % 3 == 1:
        commenter, _ = commenter.recognise(f"union_{number % 12}", AT)
    await filled.commenters.add(commenter)
    account, _ = BoundAccount(
        id=f"account_{community_id}_{number}", community_id=community_id
    ).bind(
        "household_1",
        person_key="person_1",
        union_mark=f"union_{number % 12}",
        at=AT,
        sequence=1,
    )
    await filled.accounts.add(account)


def _joined(number: int) -> Joined:
    return Joined(
        account_id=f"account_joined_{number % 5}",
        person_key=None if number % 8 == 0 else "person_verified",
        how=JoinedBy.LINK,
        at=AT,
    )

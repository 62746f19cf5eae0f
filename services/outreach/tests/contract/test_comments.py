"""What the use cases rely on of comments, in memory and in a store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from outreach.adapters.memory import MemoryComments
from outreach.adapters.mongo_comments import MongoComments
from outreach.application.period import Period
from outreach.application.ports import KnownComment, WorkItem
from outreach.domain import errors, sending
from outreach.domain.comments import (
    ArticlePlace,
    Changed,
    Comment,
    CommentSource,
    CommentState,
    Words,
    receive,
)
from outreach.domain.replies import DeliveryFailure

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ALWAYS = Period(AT, AT + timedelta(days=1))
HERE, THERE = "community_here", "community_there"
Comments = MemoryComments | MongoComments
Step = Callable[[Comment], Changed]


def comment(
    number: int = 1, community_id: str = HERE, article_id: str | None = "article_1"
) -> Changed:
    return receive(
        comment_id=f"comment_{number}",
        community_id=community_id,
        channel_id="channel_1",
        source=CommentSource.ARTICLE if article_id else CommentSource.MESSAGE,
        article_id=article_id,
        place=ArticlePlace(message_data_id=2**62, index=0, user_comment_id=number)
        if article_id
        else None,
        person_key=f"person_{number % 2}",
        openid=None if number % 2 else "openid_1",
        words=Words(text=f"第{number}条", redacted_text=f"第{number}条", text_mark=f"m{number}"),
        commented_at=AT,
        at=AT + timedelta(seconds=number),
    )


async def stored(comments: Comments, changed: Changed, *steps: Step) -> Comment:
    added = await comments.add(*changed)
    for step in steps:
        added = await comments.change(added.community_id, added.id, step)
    return added


def asked(text: str = "马上去") -> Step:
    return lambda it: it.request_reply(text, by="account_1", at=AT)


def started(at: datetime = AT) -> Step:
    return lambda it: sending.start(it, at)


def arrived(it: Comment) -> Changed:
    return it.replied(AT)


async def test_a_comment_is_read_as_it_was_stored(comments: Comments) -> None:
    there = await stored(comments, comment(), asked(), started(), arrived)

    assert await comments.get(HERE, there.id) == there
    assert there.text == "第1条"
    assert there.reply is not None
    assert there.reply.text == "马上去"


async def test_a_failure_is_read_as_it_was_stored(comments: Comments) -> None:
    failure = DeliveryFailure("API_UNAUTHORIZED", "没有权限", 48001)
    there = await stored(
        comments, comment(), asked(), started(), lambda it: sending.refused(it, failure)
    )

    assert await comments.get(HERE, there.id) == there


async def test_a_repeat_of_what_was_received_finds_it(comments: Comments) -> None:
    first = await stored(comments, comment(), asked())

    again = await comments.add(*comment())

    assert again == first
    assert await comments.count(HERE, ALWAYS) == 1


async def test_another_communitys_comment_is_unknown(comments: Comments) -> None:
    await stored(comments, comment())

    with pytest.raises(errors.CommentNotFound):
        await comments.get(THERE, "comment_1")
    with pytest.raises(errors.CommentNotFound):
        await comments.change(THERE, "comment_1", asked())
    assert await comments.get_many(THERE, ["comment_1"]) == [None]


async def test_comments_are_listed_latest_first_and_by_state(comments: Comments) -> None:
    for number in range(1, 6):
        await stored(comments, comment(number))
    await stored(comments, comment(9, community_id=THERE))
    for number in (2, 4):
        await comments.change(
            HERE,
            f"comment_{number}",
            lambda it: it.dismiss(intake_id="intake_1", reason="表扬", at=AT),
        )

    first = await comments.listed(HERE, state=None, first=3, after=None)
    rest = await comments.listed(HERE, state=None, first=3, after=first.cursors[-1])
    open_ones = await comments.listed(HERE, state=CommentState.RECEIVED, first=9, after=None)

    assert [it.id[-1] for it in [*first.items, *rest.items]] == ["5", "4", "3", "2", "1"]
    assert [it.id[-1] for it in open_ones.items] == ["5", "3", "1"]


async def test_open_ones_without_a_delivered_reply_are_unanswered(comments: Comments) -> None:
    await stored(comments, comment(1))
    await stored(comments, comment(2), asked())
    await stored(comments, comment(3), asked(), started(), arrived)
    await stored(
        comments, comment(4), lambda it: it.link(intake_id="intake_4", issue_id="issue_4", at=AT)
    )
    await stored(
        comments, comment(5), lambda it: it.dismiss(intake_id="intake_5", reason="表扬", at=AT)
    )
    await stored(comments, comment(6), lambda it: it.delete(AT))
    await stored(comments, comment(9, community_id=THERE))

    within = Period(AT + timedelta(seconds=2), AT + timedelta(seconds=5))
    assert (await comments.count(HERE, ALWAYS), await comments.count(HERE, within)) == (6, 3)
    assert await comments.count_unanswered(HERE, limit=9) == 3
    assert await comments.count_unanswered(HERE, limit=2) == 2


async def test_the_last_message_of_a_person_is_found(comments: Comments) -> None:
    for number in (2, 4, 3):
        said, events = comment(number, article_id=None)
        said = msgspec.structs.replace(said, commented_at=AT + timedelta(minutes=number))
        await comments.add(said, events)
    await stored(comments, comment(6))

    assert await comments.last_message_at(HERE, "person_0") == AT + timedelta(minutes=4)
    assert await comments.last_message_at(THERE, "person_0") is None


async def test_polling_knows_what_it_has_seen(comments: Comments) -> None:
    await stored(comments, comment(1))
    await stored(comments, comment(2), lambda it: it.delete(AT))
    await stored(comments, comment(3), asked(), started(), sending.outcome_unknown)
    await stored(comments, comment(4, article_id="article_2"))
    await stored(comments, comment(5, article_id=None))

    known = await comments.known_of_article(HERE, "article_1")

    assert sorted(known, key=lambda it: it.id) == [
        KnownComment("comment_1", "m1", deleted=False, reply_unknown=False),
        KnownComment("comment_2", "m2", deleted=True, reply_unknown=False),
        KnownComment("comment_3", "m3", deleted=False, reply_unknown=True),
    ]
    assert await comments.known_of_article(THERE, "article_1") == []


async def test_articles_with_unknown_replies_are_found(comments: Comments) -> None:
    lost: list[Step] = [asked(), started(), sending.outcome_unknown]
    await stored(comments, comment(1), *lost)
    await stored(comments, comment(2), *lost)
    await stored(comments, comment(3, community_id=THERE, article_id="article_9"), *lost)
    await stored(comments, comment(4, article_id=None), *lost)
    await stored(comments, comment(5, article_id="article_2"), asked())
    latest = [asked(), started(AT + timedelta(minutes=1)), sending.outcome_unknown]
    await stored(comments, comment(6, article_id="article_3"), *latest)
    await stored(comments, comment(7, article_id="article_4"), *lost, lambda it: it.delete(AT))

    found = await comments.articles_with_unknown_replies(limit=9)
    bounded = await comments.articles_with_unknown_replies(limit=1)

    assert found == {HERE: ["article_1", "article_3"], THERE: ["article_9"]}
    assert bounded == {HERE: ["article_3"]}


async def test_due_replies_are_found_longest_due_first(comments: Comments) -> None:
    failure = DeliveryFailure("QUOTA_USED_UP", "用完了", 45009)
    await stored(
        comments,
        comment(1),
        asked(),
        started(),
        lambda it: sending.postponed(it, failure, AT),
    )
    await stored(comments, comment(2, community_id=THERE), asked())
    await stored(comments, comment(3), asked(), started())
    await stored(comments, comment(4))

    now = await comments.due_replies(AT, limit=10)
    later = await comments.due_replies(AT + timedelta(minutes=1), limit=10)
    bounded = await comments.due_replies(AT + timedelta(minutes=1), limit=1)

    assert now == [WorkItem(THERE, "comment_2")]
    assert later == [WorkItem(THERE, "comment_2"), WorkItem(HERE, "comment_1")]
    assert bounded == later[:1]


async def test_sends_that_lost_their_sender_are_found(comments: Comments) -> None:
    await stored(comments, comment(1), asked(), started(AT))
    await stored(comments, comment(2), asked(), started(AT + timedelta(seconds=30)))
    await stored(comments, comment(3), asked(), started(AT), arrived)
    await stored(comments, comment(4), asked())

    found = await comments.sending_since_before(AT + timedelta(seconds=30), limit=10)

    assert found == [WorkItem(HERE, "comment_1")]

"""Figures are of a bounded period, and of the reader's own community."""

from datetime import datetime, timedelta

import pytest
from chassis.errors import BadUserInput, Forbidden
from chassis.testing import FrozenClock
from outreach.adapters.memory import (
    MemoryArticles,
    MemoryChannels,
    MemoryComments,
    MemoryWeChat,
)
from outreach.application.poll_comments import PollComments
from outreach.application.queries import Queries
from outreach.domain.articles import Article
from outreach.domain.permissions import Actor

from .listed import PLACE, comment


@pytest.fixture
def queries(
    channels: MemoryChannels, articles: MemoryArticles, comments: MemoryComments, clock: FrozenClock
) -> Queries:
    return Queries(channels, articles, comments, clock)


async def test_without_a_period_they_are_of_the_last_30_days(
    queries: Queries,
    poll: PollComments,
    wechat: MemoryWeChat,
    article: Article,
    clerk: Actor,
    clock: FrozenClock,
) -> None:
    wechat.listed[PLACE] = [comment(1, "没水", clock())]
    await poll()
    now = await queries.figures(clerk, clerk.community_id, None, None)
    clock.advance(days=31)
    later = await queries.figures(clerk, clerk.community_id, None, None)

    assert now is not None
    assert later is not None
    assert (now.comments_received, now.articles_published, now.unanswered_comments) == (1, 1, 1)
    assert (later.comments_received, later.articles_published) == (0, 0)
    assert later.unanswered_comments == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (timedelta(0), timedelta(0)),
        (timedelta(days=-367), timedelta(0)),
        (timedelta(days=400 * 365), None),
    ],
)
async def test_a_period_that_is_empty_too_long_or_far_away_is_refused(
    start: timedelta, end: timedelta | None, queries: Queries, clerk: Actor, clock: FrozenClock
) -> None:
    until = clock() + end if end is not None else None

    with pytest.raises(BadUserInput):
        await queries.figures(clerk, clerk.community_id, clock() + start, until)


async def test_a_moment_without_an_offset_is_refused(queries: Queries, clerk: Actor) -> None:
    with pytest.raises(BadUserInput):
        await queries.figures(clerk, clerk.community_id, datetime(2026, 11, 1), None)


async def test_they_are_the_staffs_own(queries: Queries, clerk: Actor) -> None:
    assert await queries.figures(clerk, "community_other", None, None) is None
    with pytest.raises(Forbidden):
        await queries.figures(
            Actor("account_1", clerk.community_id, frozenset({"resident"})),
            clerk.community_id,
            None,
            None,
        )

"""What people can read. Another community's object is as unknown as one that never was."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from outreach.application.period import Period, period_of
from outreach.application.permit import permit
from outreach.application.ports import Articles, Channels, Comments, Cursor, Now, Page
from outreach.domain.articles import Article
from outreach.domain.channels import Channel
from outreach.domain.comments import Comment, CommentState
from outreach.domain.permissions import Actor, Operation

UNANSWERED_SHOWN = 1000
"""Unanswered comments are counted so far and no further: it stands for so many or more."""


class Figures(msgspec.Struct, frozen=True):
    """What a community's channels brought in over a period, and what is unanswered now."""

    period: Period
    comments_received: int
    unanswered_comments: int
    articles_published: int


class Queries:
    """Every read of the API."""

    def __init__(
        self, channels: Channels, articles: Articles, comments: Comments, now: Now
    ) -> None:
        self._channels = channels
        self._articles = articles
        self._comments = comments
        self._now = now

    async def channels(self, actor: Actor, *, first: int, after: Cursor | None) -> Page[Channel]:
        """Channels, newest first. Raises: Forbidden."""
        permit(actor, Operation.READ_CHANNELS)
        return await self._channels.listed(actor.community_id, first=first, after=after)

    async def channels_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Channel | None]:
        """Channels in the order of the ids. Raises: Forbidden."""
        permit(actor, Operation.READ_CHANNELS)
        return await self._channels.get_many(actor.community_id, ids)

    async def articles(self, actor: Actor, *, first: int, after: Cursor | None) -> Page[Article]:
        """Articles, latest published first. Raises: Forbidden."""
        permit(actor, Operation.READ_ARTICLES)
        return await self._articles.listed(actor.community_id, first=first, after=after)

    async def articles_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Article | None]:
        """Articles in the order of the ids. Raises: Forbidden."""
        permit(actor, Operation.READ_ARTICLES)
        return await self._articles.get_many(actor.community_id, ids)

    async def comments(
        self, actor: Actor, *, state: CommentState | None, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """Comments, latest received first. Raises: Forbidden."""
        permit(actor, Operation.READ_COMMENTS)
        return await self._comments.listed(
            actor.community_id, state=state, first=first, after=after
        )

    async def comments_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Comment | None]:
        """Comments in the order of the ids. Raises: Forbidden."""
        permit(actor, Operation.READ_COMMENTS)
        return await self._comments.get_many(actor.community_id, ids)

    async def own_comments(
        self, actor: Actor, *, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """What is joined to the actor's account, latest received first. Raises: Forbidden."""
        permit(actor, Operation.READ_OWN_COMMENTS)
        return await self._comments.joined_to(
            actor.community_id, actor.account_id, first=first, after=after
        )

    async def figures(
        self, actor: Actor, community_id: str, start: datetime | None, end: datetime | None
    ) -> Figures | None:
        """The figures of the actor's own community; None for another.

        Args:
            start: of the period; 30 days before its end if None.
            end: of the period, itself not included; now if None.
        Raises: Forbidden; BadUserInput for a period that is empty or over 366 days.
        """
        permit(actor, Operation.READ_FIGURES)
        if community_id != actor.community_id:
            return None
        period = period_of(start, end, now=self._now())
        return Figures(
            period=period,
            comments_received=await self._comments.count(community_id, period),
            unanswered_comments=await self._comments.count_unanswered(
                community_id, limit=UNANSWERED_SHOWN
            ),
            articles_published=await self._articles.count(community_id, period),
        )

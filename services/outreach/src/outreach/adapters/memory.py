"""The ports kept in this process, for tests: they pass the contract tests of the real ones."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from chassis.aggregates import Aggregate, Cursor, Event, Page
from chassis.requests import Request
from chassis.testing import MemoryAggregates

from outreach.application.period import Period
from outreach.application.ports import (
    KnownComment,
    ListedComment,
    ListedPage,
    PersonsComment,
    WorkItem,
)
from outreach.domain.articles import Article
from outreach.domain.channels import Channel, ChannelState, OfficialAccount
from outreach.domain.comments import ArticlePlace, Comment, CommentSource, CommentState
from outreach.domain.errors import (
    ArticleAlreadyRegistered,
    ArticleNotFound,
    ChannelAlreadyRegistered,
    ChannelNotFound,
    CommentNotFound,
)
from outreach.domain.replies import Delivery

A = TypeVar("A", bound=Aggregate)
OPEN = frozenset({CommentState.RECEIVED, CommentState.LINKED})


class MemoryChannels(MemoryAggregates[Channel]):
    """Channels in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: ChannelNotFound())

    async def add(
        self, aggregate: Channel, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Channel:
        """Store once, and each official account once among the active."""
        if any(there.id == aggregate.id for there in self.all):
            return await super().add(aggregate, events, request=request)
        others = [other for other in self.all if _same_account(aggregate, other)]
        if any(other.state is ChannelState.ACTIVE for other in others):
            raise ChannelAlreadyRegistered
        aggregate = msgspec.structs.replace(aggregate, registration=len(others))
        return await super().add(aggregate, events, request=request)

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Channel]:
        """Newest first."""
        mine = [it for it in self.all if it.community_id == community_id]
        return page_of(mine, lambda it: (it.registered_at, it.id), first, after)

    async def of_callback(self, channel_id: str) -> Channel:
        """By id alone."""
        for channel in self.all:
            if channel.id == channel_id:
                return channel
        raise ChannelNotFound

    async def active_of_account(self, community_id: str, app_id: str) -> Channel | None:
        """Among the active."""
        active = (it for it in self.all if it.state is ChannelState.ACTIVE)
        for channel in active:
            account = channel.official_account
            if account and (channel.community_id, account.app_id) == (community_id, app_id):
                return channel
        return None


class MemoryArticles(MemoryAggregates[Article]):
    """Articles in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: ArticleNotFound())

    async def add(
        self, aggregate: Article, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> Article:
        """Store once, and each of WeChat's articles once."""
        repeated = any(there.id == aggregate.id for there in self.all)
        if not repeated and any(_same_article(aggregate, other) for other in self.all):
            raise ArticleAlreadyRegistered
        return await super().add(aggregate, events, request=request)

    async def listed(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Article]:
        """Latest published first."""
        mine = [it for it in self.all if it.community_id == community_id]
        return page_of(mine, lambda it: (it.published_at, it.id), first, after)

    async def published_in(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Article]:
        """Latest published first."""
        mine = self._published_in(community_id, period)
        return page_of(mine, lambda it: (it.published_at, it.id), first, after)

    async def count(self, community_id: str, period: Period) -> int:
        """In the period."""
        return len(self._published_in(community_id, period))

    def _published_in(self, community_id: str, period: Period) -> list[Article]:
        return [
            it
            for it in self.all
            if it.community_id == community_id and period.start <= it.published_at < period.end
        ]

    async def published_since(self, since: datetime) -> list[Article]:
        """Latest first."""
        young = [it for it in self.all if it.published_at >= since]
        return sorted(young, key=lambda it: it.published_at, reverse=True)


class MemoryComments(MemoryAggregates[Comment]):
    """Comments in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: CommentNotFound())

    async def listed(
        self, community_id: str, *, state: CommentState | None, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """Latest received first."""
        mine = [
            it for it in self.all if it.community_id == community_id and state in {None, it.state}
        ]
        return page_of(mine, lambda it: (it.received_at, it.id), first, after)

    async def count(self, community_id: str, period: Period) -> int:
        """In the period."""
        return sum(
            it.community_id == community_id and period.start <= it.received_at < period.end
            for it in self.all
        )

    async def count_unanswered(self, community_id: str, *, limit: int) -> int:
        """How many are open and without a delivered reply, as far as the limit."""
        unanswered = sum(
            it.community_id == community_id and it.state in OPEN and it.replied_at is None
            for it in self.all
        )
        return min(unanswered, limit)

    async def last_message_at(self, community_id: str, person_key: str) -> datetime | None:
        """The latest of the person's messages."""
        return max(
            (
                it.commented_at
                for it in self.all
                if (it.community_id, it.person_key) == (community_id, person_key)
                and it.source is CommentSource.MESSAGE
            ),
            default=None,
        )

    async def known_of_article(self, community_id: str, article_id: str) -> list[KnownComment]:
        """Every comment of an article."""
        return [
            KnownComment(
                id=it.id,
                text_mark=it.text_mark,
                deleted=it.deleted_at is not None,
                reply_unknown=_delivery(it) is Delivery.UNKNOWN,
            )
            for it in self.all
            if (it.community_id, it.article_id) == (community_id, article_id)
        ]

    async def articles_with_unknown_replies(self, *, limit: int) -> dict[str, list[str]]:
        """By the replies last sent."""
        unknown = [
            (it.reply.sending_at, it.community_id, it.article_id)
            for it in self.all
            if it.article_id is not None
            and it.deleted_at is None
            and it.reply is not None
            and it.reply.sending_at is not None
            and it.reply.delivery is Delivery.UNKNOWN
        ]
        latest = sorted(unknown, key=lambda found: found[0], reverse=True)[:limit]
        articles: defaultdict[str, set[str]] = defaultdict(set)
        for _, community_id, article_id in latest:
            articles[community_id].add(article_id)
        return {community_id: sorted(ids) for community_id, ids in articles.items()}

    async def due_replies(self, at: datetime, *, limit: int) -> list[WorkItem]:
        """Longest due first."""
        due = [
            (it.reply.due_at, it)
            for it in self.all
            if it.reply is not None
            and it.reply.delivery is Delivery.PENDING
            and it.reply.due_at is not None
            and it.reply.due_at <= at
        ]
        due.sort(key=lambda pair: pair[0])
        return [WorkItem(it.community_id, it.id) for _, it in due[:limit]]

    async def sending_since_before(self, before: datetime, *, limit: int) -> list[WorkItem]:
        """Sending began before this and has no outcome."""
        lost = [
            it
            for it in self.all
            if it.reply is not None
            and it.reply.delivery is Delivery.SENDING
            and it.reply.sending_at is not None
            and it.reply.sending_at < before
        ]
        return [WorkItem(it.community_id, it.id) for it in lost[:limit]]

    async def of_person(self, community_id: str, person_key: str) -> list[PersonsComment]:
        """By the pseudonym."""
        return [
            PersonsComment(it.id, it.joined.account_id if it.joined else None)
            for it in self.all
            if (it.community_id, it.person_key) == (community_id, person_key)
        ]

    async def openid_of_person(self, community_id: str, person_key: str) -> str | None:
        """Of any comment."""
        for it in self.all:
            if (it.community_id, it.person_key) == (community_id, person_key):
                return it.openid
        return None

    async def of_join_mark(self, community_id: str, mark: str) -> Comment | None:
        """By the mark."""
        for it in self.all:
            if it.community_id == community_id and it.join_link and it.join_link.mark == mark:
                return it
        return None

    async def joined_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Comment]:
        """Latest received first."""
        theirs = [
            it
            for it in self.all
            if it.community_id == community_id
            and it.joined is not None
            and it.joined.account_id == account_id
        ]
        return page_of(theirs, lambda it: (it.received_at, it.id), first, after)

    async def joined_but_not_under(
        self, community_id: str, account_id: str, person_key: str | None
    ) -> list[str]:
        """Under another pseudonym, or under none."""
        return [
            it.id
            for it in self.all
            if it.community_id == community_id
            and it.joined is not None
            and it.joined.account_id == account_id
            and it.joined.person_key != person_key
        ]


class MemoryWeChat:
    """WeChat in memory: what it lists, what it was told, and what it answers next.

    Attributes:
        listed: comments under (message_data_id, index).
        said: every reply and message that was taken, as (to whom, text).
        fails_with: raised by the next calls, one each.
        page_sizes: what the caller asked for.
        unionids: by openid; who is not in it follows nobody.
        asked: the openids that were asked about.
    """

    def __init__(self) -> None:
        self.listed: dict[tuple[int, int], list[ListedComment]] = {}
        self.said: list[tuple[str, str]] = []
        self.fails_with: list[Exception] = []
        self.page_sizes: list[int] = []
        self.unionids: dict[str, str] = {}
        self.asked: list[str] = []

    async def list_comments(
        self, account: OfficialAccount, *, message_data_id: int, index: int, begin: int, count: int
    ) -> ListedPage:
        """A page."""
        self._fail()
        self.page_sizes.append(count)
        there = self.listed.get((message_data_id, index), [])
        return ListedPage(there[begin : begin + count], len(there))

    async def reply_to_comment(
        self, account: OfficialAccount, place: ArticlePlace, text: str
    ) -> None:
        """Take a reply."""
        await asyncio.sleep(0)  # as in any call, others go on meanwhile
        self._fail()
        self.said.append((str(place.user_comment_id), text))

    async def send_message(self, account: OfficialAccount, openid: str, text: str) -> None:
        """Take a message."""
        self._fail()
        self.said.append((openid, text))

    async def unionid_of(self, account: OfficialAccount, openid: str) -> str | None:
        """Tell of a follower."""
        self.asked.append(openid)
        self._fail()
        return self.unionids.get(openid)

    def _fail(self) -> None:
        if self.fails_with:
            raise self.fails_with.pop(0)


class MemoryTally:
    """What was counted, in order."""

    def __init__(self) -> None:
        self.counted: list[str] = []

    def polled(self, outcome: str) -> None:
        """An article was polled."""
        self.counted.append(f"polled {outcome}")

    def reply_attempted(self, outcome: str) -> None:
        """A reply was tried."""
        self.counted.append(f"reply {outcome}")

    def notice_attempted(self, outcome: str) -> None:
        """A notice was tried."""
        self.counted.append(f"notice {outcome}")

    def looked_up(self, outcome: str) -> None:
        """WeChat was asked who a commenter is."""
        self.counted.append(f"looked up {outcome}")

    def callback(self, outcome: str) -> None:
        """WeChat called."""
        self.counted.append(f"callback {outcome}")

    def failed(self, work: str, about: str, error: Exception) -> None:
        """Something failed that nobody foresaw."""
        self.counted.append(f"failed {work} {about} {type(error).__name__}")


class TickingClock:
    """A clock that moves on a little with each look at it."""

    def __init__(self, at: datetime, step: timedelta = timedelta(milliseconds=1)) -> None:
        self.at = at
        self._step = step

    def __call__(self) -> datetime:
        """The time."""
        self.at += self._step
        return self.at

    def advance(self, **by: float) -> None:
        """Move on by a timedelta's keywords."""
        self.at += timedelta(**by)


def page_of(
    items: list[A], key: Callable[[A], tuple[datetime, str]], first: int, after: Cursor | None
) -> Page[A]:
    """One page of a list in memory, latest first."""
    ordered = sorted(items, key=key, reverse=True)
    beyond = [it for it in ordered if after is None or key(it) < after]
    shown = beyond[:first]
    return Page(shown, [key(it) for it in shown], len(beyond) > first)


def _same_account(new: Channel, old: Channel) -> bool:
    return (
        new.id != old.id
        and new.community_id == old.community_id
        and new.official_account is not None
        and old.official_account is not None
        and new.official_account.app_id == old.official_account.app_id
    )


def _same_article(new: Article, old: Article) -> bool:
    def place(it: Article) -> tuple[str, str, int, int]:
        return it.community_id, it.app_id, it.message_data_id, it.index

    return new.id != old.id and place(new) == place(old)


def _delivery(comment: Comment) -> Delivery | None:
    return comment.reply.delivery if comment.reply else None

"""Followers and timeline in memory, for tests of what stands on them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from issues.application.ports import Cursor
from issues.domain.errors import IssueNotFound
from issues.domain.followers.follower import Follower
from issues.domain.timeline.entry import TimelineEntry


class MemoryFollowers(MemoryAggregates[Follower]):
    """The port `Followers`."""

    def __init__(self) -> None:
        super().__init__(lambda _: IssueNotFound())

    async def followed_by(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """See the port."""
        found = sorted(
            (
                (_changed(one), one)
                for one in self.all
                if (one.community_id, one.account_id) == (community_id, account_id)
                and one.following
            ),
            key=lambda placed: placed[0],
            reverse=True,
        )
        rest = [placed for placed in found if after is None or placed[0] < after]
        return Page(
            [one for _, one in rest[:first]],
            [place for place, _ in rest[:first]],
            has_next_page=len(rest) > first,
        )

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """See the port."""
        found = sorted(
            (
                ((one.role.value, one.id), one)
                for one in self.all
                if (one.community_id, one.issue_id) == (community_id, issue_id) and one.following
            ),
            key=lambda placed: placed[0],
        )
        rest = [placed for placed in found if after is None or placed[0] > after]
        return Page(
            [one for _, one in rest[:first]],
            [place for place, _ in rest[:first]],
            has_next_page=len(rest) > first,
        )

    async def reporters_of(self, community_id: str, issue_id: str) -> list[Follower]:
        """See the port."""
        return [
            one
            for one in self.all
            if (one.community_id, one.issue_id) == (community_id, issue_id) and one.is_reporter
        ]

    async def count_of(self, community_id: str, issue_ids: Sequence[str]) -> dict[str, int]:
        """See the port."""
        return Counter(
            one.issue_id
            for one in self.all
            if one.community_id == community_id and one.issue_id in issue_ids and one.following
        )


class MemoryTimeline(MemoryAggregates[TimelineEntry]):
    """The port `Timeline`."""

    def __init__(self) -> None:
        super().__init__(lambda _: IssueNotFound())

    async def of_issue(
        self,
        community_id: str,
        issue_id: str,
        *,
        public_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[TimelineEntry]:
        """See the port."""
        found = sorted(
            (
                (_happened(entry), entry)
                for entry in self.all
                if (entry.community_id, entry.issue_id) == (community_id, issue_id)
                and (entry.public or not public_only)
            ),
            key=lambda placed: placed[0],
        )
        rest = [placed for placed in found if after is None or placed[0] > after]
        return Page(
            [entry for _, entry in rest[:first]],
            [place for place, _ in rest[:first]],
            has_next_page=len(rest) > first,
        )


def _changed(follower: Follower) -> tuple[datetime, str]:
    assert follower.changed_at is not None  # noqa: S101  who follows has begun to
    return follower.changed_at, follower.id


def _happened(entry: TimelineEntry) -> tuple[datetime, int, str]:
    return entry.at, entry.event_sequence, entry.id

"""What the use cases of timeline and followers need of the outside."""

from collections.abc import Callable, Sequence
from typing import Protocol

from issues.application.ports import Aggregates, Cursor, Page
from issues.domain.followers.follower import Follower
from issues.domain.timeline.entry import TimelineEntry

FollowerId = Callable[[str, str], str]
"""Derives the id under which an account follows an issue: (issue id, account id)."""

EntryId = Callable[[tuple[str, ...]], str]
"""Derives the id of the entry of something that happened."""


class Followers(Aggregates[Follower], Protocol):
    """Who hears of which issue."""

    async def followed_by(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """List what an account follows now, the latest followed first."""

    async def of_issue(
        self, community_id: str, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Follower]:
        """List who hears of an issue now, each once."""

    async def reporters_of(self, community_id: str, issue_id: str) -> list[Follower]:
        """List who hears of an issue as its reporter: one, or for a moment two."""

    async def count_of(self, community_id: str, issue_ids: Sequence[str]) -> dict[str, int]:
        """Count who follows issues now, by issue; one without followers may be missing."""


class Timeline(Aggregates[TimelineEntry], Protocol):
    """What happened to issues."""

    async def of_issue(
        self,
        community_id: str,
        issue_id: str,
        *,
        public_only: bool,
        first: int,
        after: Cursor | None,
    ) -> Page[TimelineEntry]:
        """List what happened to an issue, the first first."""

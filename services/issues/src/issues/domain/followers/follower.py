"""Somebody who hears of an issue: one document for an issue and an account."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain.events import Event
from issues.domain.followers.errors import ReporterAlwaysHears
from issues.domain.followers.events import IssueFollowed, IssueUnfollowed


class FollowerRole(StrEnum):
    """Why they hear of it."""

    REPORTER = "reporter"
    FOLLOWER = "follower"


class Follower(msgspec.Struct, frozen=True, kw_only=True):
    """An account and an issue.

    Attributes:
        following: whether they hear of it now.
        changed_at: since when they do, or do no longer; None while they never have.
    """

    id: str
    community_id: str
    issue_id: str
    account_id: str
    changed_at: datetime | None = None
    role: FollowerRole = FollowerRole.FOLLOWER
    following: bool = False
    version: int = 0

    @property
    def is_reporter(self) -> bool:
        """Whether it is their issue."""
        return self.following and self.role is FollowerRole.REPORTER

    def follow(self, at: datetime) -> tuple["Follower", Sequence[Event]]:
        """Hear of it from now on; who does already goes on.

        Emits: issue.followed v1.
        """
        if self.following:
            return self, ()
        return self._changed(role=FollowerRole.FOLLOWER, following=True, at=at)

    def carried(self, at: datetime) -> tuple["Follower", Sequence[Event]]:
        """Hear of it because it is the original of one that they heard of.

        Who follows it already, or has left it, stays as they are.

        Emits: issue.followed v1.
        """
        if self.changed_at is not None:
            return self, ()
        return self.follow(at)

    def be_reporter(self, at: datetime) -> tuple["Follower", Sequence[Event]]:
        """Hear of it as the one who reported it.

        Emits: issue.followed v1.
        """
        if self.is_reporter:
            return self, ()
        return self._changed(role=FollowerRole.REPORTER, following=True, at=at)

    def unfollow(self, at: datetime) -> tuple["Follower", Sequence[Event]]:
        """Hear of it no longer; who does not anyway stays away.

        Raises: ReporterAlwaysHears.
        Emits: issue.unfollowed v1.
        """
        if self.is_reporter:
            raise ReporterAlwaysHears
        if not self.following:
            return self, ()
        return self._changed(role=self.role, following=False, at=at)

    def no_longer_reporter(self, at: datetime) -> tuple["Follower", Sequence[Event]]:
        """Hear of it no longer, because another turned out to have reported it.

        Emits: issue.unfollowed v1.
        """
        if not self.is_reporter:
            return self, ()
        return self._changed(role=self.role, following=False, at=at)

    def _changed(
        self, *, role: FollowerRole, following: bool, at: datetime
    ) -> tuple["Follower", Sequence[Event]]:
        changed = msgspec.structs.replace(self, role=role, following=following, changed_at=at)
        return changed, facts_of_follower(changed)


def facts_of_follower(follower: Follower) -> tuple[Event, ...]:
    """All that others may know: nothing of one who never began."""
    if follower.changed_at is None:
        return ()
    who = {
        "community_id": follower.community_id,
        "issue_id": follower.issue_id,
        "account_id": follower.account_id,
        "role": follower.role.value,
    }
    if follower.following:
        return (IssueFollowed(**who, followed_at=follower.changed_at),)
    return (IssueUnfollowed(**who, unfollowed_at=follower.changed_at),)

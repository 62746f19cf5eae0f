"""Who is to hear of an issue."""

from datetime import datetime
from typing import ClassVar

from issues.domain.events import Event


class IssueFollowed(Event, frozen=True, kw_only=True):
    """An account is to hear of an issue, as its reporter or because it asked to."""

    type: ClassVar[str] = "issue.followed.v1"
    issue_id: str
    account_id: str
    role: str
    followed_at: datetime


class IssueUnfollowed(Event, frozen=True, kw_only=True):
    """An account is no longer to hear of an issue."""

    type: ClassVar[str] = "issue.unfollowed.v1"
    issue_id: str
    account_id: str
    role: str
    unfollowed_at: datetime

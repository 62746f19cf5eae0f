"""What residents can do with issues, on one page."""

from dataclasses import dataclass

from issues.application.public.follow_public_issue import FollowPublicIssue
from issues.application.public.public_issues import PublicIssues
from issues.application.public.unfollow_public_issue import UnfollowPublicIssue


@dataclass(frozen=True)
class PublicDesk:
    """The use cases of the public side."""

    issues: PublicIssues
    follow_issue: FollowPublicIssue
    unfollow_issue: UnfollowPublicIssue

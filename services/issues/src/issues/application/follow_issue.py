"""Somebody watches an issue."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from issues.application.permit import permit
from issues.application.ports import LiveIssues
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, Operation


@dataclass(frozen=True)
class FollowIssue:
    """Yield the issue now and after each change; None while the community has no such issue.

    The rule is asked for each delivery.

    Raises: Forbidden.
    """

    live: LiveIssues

    async def __call__(self, actor: Actor, issue_id: str) -> AsyncGenerator[Issue | None, None]:
        permit(actor, Operation.ISSUE_UPDATED)
        async with aclosing(self.live.watch(actor.community_id, issue_id)) as states:
            async for issue in states:
                permit(actor, Operation.ISSUE_UPDATED)
                yield issue

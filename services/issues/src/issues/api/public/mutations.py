"""Who hears of an issue."""

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from issues.api.context import Info, actor_of
from issues.api.errors import IssueNotFound
from issues.api.inputs import REQUEST_ID
from issues.api.public.errors import ReporterAlwaysHears
from issues.api.public.queries import EVERYBODY
from issues.api.public.types import PublicIssue

_WHAT_TO_DO = strawberry.argument(description="What to do.")


@strawberry.input(description="Which issue to hear of.")
class FollowIssueInput:
    """For `followIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.input(description="Which issue to hear of no longer.")
class UnfollowIssueInput:
    """For `unfollowIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.type(description="The caller hears of the issue.")
class FollowIssueSuccess:
    """Of `followIssue`."""

    issue: PublicIssue = strawberry.field(description="The issue after it.")


@strawberry.type(description="The caller hears of the issue no longer.")
class UnfollowIssueSuccess:
    """Of `unfollowIssue`."""

    issue: PublicIssue = strawberry.field(description="The issue after it.")


FollowIssueResult = Annotated[
    FollowIssueSuccess | IssueNotFound | RequestIdReused,
    strawberry.union("FollowIssueResult", description="What can come of following an issue."),
]
UnfollowIssueResult = Annotated[
    UnfollowIssueSuccess | IssueNotFound | ReporterAlwaysHears | RequestIdReused,
    strawberry.union(
        "UnfollowIssueResult", description="What can come of following an issue no longer."
    ),
]


@strawberry.type
class PublicMutation:
    """Every write of the public side."""

    @strawberry.federation.mutation(
        description="Hear of an issue that is public; of one's own, one hears anyway.",
        authenticated=True,
        requires_scopes=EVERYBODY,
    )
    async def follow_issue(
        self,
        info: Info,
        input: Annotated[FollowIssueInput, _WHAT_TO_DO],  # noqa: A002
    ) -> FollowIssueResult | None:
        """Once."""
        seen = await info.context.application.public.follow_issue(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id, operation="followIssue", issue_id=input.issue_id
            ),
        )
        return FollowIssueSuccess(issue=PublicIssue.of(seen))

    @strawberry.federation.mutation(
        description="Hear of an issue no longer; who reported it always does.",
        authenticated=True,
        requires_scopes=EVERYBODY,
    )
    async def unfollow_issue(
        self,
        info: Info,
        input: Annotated[UnfollowIssueInput, _WHAT_TO_DO],  # noqa: A002
    ) -> UnfollowIssueResult | None:
        """Once."""
        seen = await info.context.application.public.unfollow_issue(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id, operation="unfollowIssue", issue_id=input.issue_id
            ),
        )
        return UnfollowIssueSuccess(issue=PublicIssue.of(seen))

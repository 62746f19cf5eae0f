"""What residents can ask of issues."""

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from issues.api.context import Info, actor_of, place_after
from issues.api.paging import After, First
from issues.api.public.types import PublicIssue
from issues.api.types import Id
from issues.domain.errors import IssueNotFound

EVERYBODY = scopes_for("resident", "steward", "partner", "clerk", "secretary")


@strawberry.type
class PublicQuery:
    """Every read of the public side."""

    @strawberry.federation.field(
        description="An issue that is public, or the caller's own; null for any other.",
        authenticated=True,
        requires_scopes=EVERYBODY,
    )
    async def public_issue(self, info: Info, id: Id) -> PublicIssue | None:  # noqa: A002
        """As everybody may see it."""
        try:
            seen = await info.context.application.public.issues.one(actor_of(info.context), id)
        except IssueNotFound:
            return None
        return PublicIssue.of(seen)

    @strawberry.federation.field(
        description="The community's public issues, the latest published first.",
        authenticated=True,
        requires_scopes=EVERYBODY,
    )
    async def public_issues(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[PublicIssue] | None:
        """One page."""
        page = await info.context.application.public.issues.latest(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, PublicIssue.of, after=after)

    @strawberry.federation.field(
        description="The issues that the caller reported or follows, the latest followed first.",
        authenticated=True,
        requires_scopes=EVERYBODY,
    )
    async def my_issues(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[PublicIssue] | None:
        """One page."""
        page = await info.context.application.public.issues.mine(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, PublicIssue.of, after=after)

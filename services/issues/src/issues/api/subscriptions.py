"""What can be followed."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry
from strawberry.federation.schema_directives import Authenticated, RequiresScopes

from issues.api.context import STAFF, Info, actor_of
from issues.api.types import Id, Issue


@strawberry.type(description="What can be followed.")
class Subscription:
    """Every stream."""

    @strawberry.subscription(
        description=(
            "The issue now, and after each change; null while the community has no such issue. "
            "Who is slow gets the latest state, not every one."
        ),
        directives=[Authenticated(), RequiresScopes(scopes=STAFF)],
    )
    async def issue_updated(self, info: Info, id: Id) -> AsyncGenerator[Issue | None, None]:  # noqa: A002
        """Follow one issue."""
        follow = info.context.application.intake.follow_issue
        async with aclosing(follow(actor_of(info.context), id)) as states:
            async for issue in states:
                yield Issue.of(issue) if issue else None

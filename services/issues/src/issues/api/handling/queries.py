"""What those who work on issues can ask."""

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of

from issues.api.context import HANDLERS, Info, actor_of, place_after
from issues.api.paging import After, First
from issues.api.types import Issue


@strawberry.type(description="What those who work on issues can ask.")
class HandlingQueries:
    """Part of `Query`."""

    @strawberry.federation.field(
        description="The issues that the caller is to work on, the latest reported first.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def assigned_issues(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Issue] | None:
        """One page."""
        page = await info.context.application.handling.assigned_issues(
            actor_of(info.context), first=checked_first(first), after=place_after(after)
        )
        return connection_of(page, Issue.of, after=after)

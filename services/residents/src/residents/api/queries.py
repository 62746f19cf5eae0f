"""What can be asked."""
# ruff: noqa: A002 - `id` and `input` are the words of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from residents.api import loaders
from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_moment
from residents.api.types import Account, Community


@strawberry.type(description="What can be asked.")
class Query:
    """Every answer is of the caller's own community."""

    @strawberry.federation.field(
        description="The caller's own account; null for a merchant's system, which has none.",
        authenticated=True,
    )
    async def me(self, info: Info) -> Account | None:
        """See Queries.me."""
        own = await info.context.application.residents.queries.me(actor(info))
        return Account.of(own) if own else None

    @strawberry.federation.field(
        description="The caller's community; null for any other.",
        authenticated=True,
        shareable=True,
    )
    async def community(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The community.")],
    ) -> Community | None:
        """See Queries.communities_by_id."""
        found = await info.context.load(loaders.communities, str(id))
        return Community.of(found) if found else None

    @strawberry.federation.field(
        description="The community's staff, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def staff_accounts(
        self,
        info: Info,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Account] | None:
        """See Queries.staff_accounts."""
        page = await info.context.application.residents.queries.staff_accounts(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, Account.of, after=after)

"""What can be asked of merchants."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from vouchers.api.context import Info, actor
from vouchers.api.merchants import loaders
from vouchers.api.merchants.enums import MerchantState
from vouchers.api.merchants.types import Merchant
from vouchers.api.paging import After, First, place_by_moment
from vouchers.domain.merchants import merchant as domain


@strawberry.type
class MerchantQueries:
    """The part of Query that is about merchants."""

    @strawberry.federation.field(
        description="The community's merchants, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "auditor"),
    )
    async def merchants(
        self,
        info: Info,
        state: Annotated[
            MerchantState | None, strawberry.argument(description="Only those that stand so.")
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Merchant] | None:
        """See ReadMerchants."""
        page = await info.context.application.merchants.read.newest_first(
            actor(info),
            domain.MerchantState[state.name] if state else None,
            first=checked_first(first),
            after=place_by_moment(after),
        )
        return connection_of(page, Merchant.of, after=after)

    @strawberry.federation.field(
        description="One merchant; null for an id out of the caller's reach. A merchant's own "
        "system reaches its merchant.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "auditor", "merchant"),
    )
    async def merchant(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The merchant.")],
    ) -> Merchant | None:
        """See ReadMerchants."""
        found = await info.context.load(loaders.merchants, str(id))
        return Merchant.of(found) if found else None

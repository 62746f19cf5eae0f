"""What can be asked of merchants' clients."""

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.merchants.types import MerchantClient
from residents.api.paging import After, First, place_by_moment


@strawberry.type
class MerchantClientQueries:
    """The part of Query that is about merchants' clients."""

    @strawberry.federation.field(
        description="A merchant's clients, the newest first, those revoked as well; null for a "
        "merchant that the community does not have, or that was never approved.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def merchant_clients(
        self,
        info: Info,
        merchant_id: Annotated[strawberry.ID, strawberry.argument(description="Whose.")],
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[MerchantClient] | None:
        """See ListClients."""
        page = await info.context.application.merchants.list(
            actor(info),
            str(merchant_id),
            first=checked_first(first),
            after=place_by_moment(after),
        )
        return connection_of(page, MerchantClient.of, after=after) if page else None

"""What can be asked of owners."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for

from residents.api.context import Info
from residents.api.owners import loaders
from residents.api.owners.types import Owner


@strawberry.type
class OwnerQueryFields:
    """The part of Query that is about owners."""

    @strawberry.federation.field(
        description="An owner, masked; null for one whom the caller may not read. A resident "
        "reads themselves, a steward who owns something in their estates.",
        authenticated=True,
        requires_scopes=scopes_for("resident", "steward", "clerk", "secretary"),
    )
    async def owner(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The owner.")],
    ) -> Owner | None:
        """See OwnerQueries.owners_by_id."""
        found = await info.context.load(loaders.owners, str(id))
        return Owner.of(found) if found else None

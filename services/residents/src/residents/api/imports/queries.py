"""What can be asked of imports."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    checked_first,
    connection_of,
)
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.imports.types import Import
from residents.api.paging import After, First, place_by_moment


@strawberry.type
class ImportQueries:
    """The part of Query that is about imports."""

    @strawberry.federation.field(
        description="The community's imports, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def imports(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Import] | None:
        """See ImportQueries.imports."""
        page = await info.context.application.imports.queries.imports(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, Import.of, after=after)

    @strawberry.federation.field(
        name="import",
        description="One import; null for an id that the community does not have.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def import_by_id(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The import.")],
    ) -> Import | None:
        """See ImportQueries.imports_by_id."""
        (found,) = await info.context.application.imports.queries.imports_by_id(
            actor(info), [str(id)]
        )
        return Import.of(found) if found else None

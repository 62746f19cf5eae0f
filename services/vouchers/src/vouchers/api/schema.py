"""This service's part of the graph."""

from typing import Annotated

import strawberry
from chassis.graphql import Schema, build_schema

from vouchers.api.community import Community
from vouchers.api.context import Info


@strawberry.type(description="What can be asked.")
class Query:
    """All queries."""

    @strawberry.federation.field(
        description="A community, as far as the caller belongs to it.",
        shareable=True,
        authenticated=True,
    )
    def community(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")],  # noqa: A002
    ) -> Community | None:
        """Its fields are answered by every service that has some."""
        return Community.resolve_reference(info, id)


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        types=[Community],
        errors=[],
        introspection=introspection,
    )

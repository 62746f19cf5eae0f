"""This service's part of the graph."""

import strawberry
from chassis.graphql import Schema, build_schema

from residents.api.errors import ERRORS
from residents.api.queries import Query
from residents.api.session_mutations import SessionMutations
from residents.api.staff_mutations import StaffMutations
from residents.api.types import Account, Community


@strawberry.type(description="What can be changed.")
class Mutation(SessionMutations, StaffMutations):
    """All mutations."""


def build(*, introspection: bool = True) -> Schema:
    """Build the schema."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        types=[Account, Community],
        errors=ERRORS,
        introspection=introspection,
    )

"""Outreach's part of the graph."""

from chassis.graphql import Schema, build_schema
from chassis.graphql_errors import RequestIdReused

from outreach.api.errors import ERRORS
from outreach.api.mutations import Mutation
from outreach.api.queries import Query
from outreach.api.types import Article, Channel, Comment, Community


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        types=[Article, Channel, Comment, Community],
        errors=[*ERRORS, RequestIdReused],
        introspection=introspection,
    )

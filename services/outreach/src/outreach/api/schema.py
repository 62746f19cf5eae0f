"""Outreach's part of the graph."""

from chassis.graphql import Schema, build_schema
from chassis.graphql_errors import RequestIdReused

from outreach.api.errors import ERRORS
from outreach.api.figures import Community
from outreach.api.metrics.errors import METRIC_ERRORS
from outreach.api.mutations import Mutation
from outreach.api.notices.errors import NOTICE_ERRORS
from outreach.api.queries import Query
from outreach.api.types import Article, Channel, Comment


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        types=[Article, Channel, Comment, Community],
        errors=[*ERRORS, *METRIC_ERRORS, *NOTICE_ERRORS, RequestIdReused],
        introspection=introspection,
    )

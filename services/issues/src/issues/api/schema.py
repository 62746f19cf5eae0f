"""This service's part of the graph."""

from chassis.graphql import Schema, build_schema

from issues.api.errors import ERRORS
from issues.api.figures import Community
from issues.api.mutations import Mutation
from issues.api.queries import Query
from issues.api.subscriptions import Subscription
from issues.api.types import Account, Comment, Intake, Issue


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Account, Comment, Community, Intake, Issue],
        errors=ERRORS,
        introspection=introspection,
    )

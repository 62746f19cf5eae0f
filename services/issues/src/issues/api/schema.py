"""This service's part of the graph."""

import strawberry
from chassis.graphql import Schema, build_schema

from issues.api.errors import ERRORS
from issues.api.figures import Community
from issues.api.handling.coordination_mutations import CoordinationMutations
from issues.api.handling.errors import ERRORS as HANDLING_ERRORS
from issues.api.handling.outcome_mutations import OutcomeMutations
from issues.api.handling.queries import HandlingQueries
from issues.api.handling.work_mutations import WorkMutations
from issues.api.mutations import Mutation as IntakeMutations
from issues.api.photos.errors import ERRORS as PHOTO_ERRORS
from issues.api.photos.mutations import PhotoMutation
from issues.api.public.errors import ERRORS as PUBLIC_ERRORS
from issues.api.public.mutations import PublicMutation
from issues.api.public.queries import PublicQuery
from issues.api.queries import Query as IntakeQueries
from issues.api.stubs import Account, Comment
from issues.api.subscriptions import Subscription
from issues.api.types import Intake, Issue


@strawberry.type(description="What can be asked.")
class Query(IntakeQueries, HandlingQueries, PublicQuery):
    """All queries."""


@strawberry.type(description="What can be changed.")
class Mutation(
    IntakeMutations,
    WorkMutations,
    CoordinationMutations,
    OutcomeMutations,
    PhotoMutation,
    PublicMutation,
):
    """All mutations."""


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Account, Comment, Community, Intake, Issue],
        errors=[*ERRORS, *HANDLING_ERRORS, *PHOTO_ERRORS, *PUBLIC_ERRORS],
        introspection=introspection,
    )

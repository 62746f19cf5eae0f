"""This service's part of the graph."""

import strawberry
from chassis.graphql import Schema, build_schema

from residents.api.archive.errors import ERRORS as ARCHIVE_ERRORS
from residents.api.archive.move_mutations import MoveMutations
from residents.api.archive.people_mutations import PeopleMutations
from residents.api.archive.place_mutations import PlaceMutations
from residents.api.archive.queries import ArchiveQueries
from residents.api.archive.types import Building, Estate, Household, Resident
from residents.api.errors import ERRORS
from residents.api.imports.errors import ERRORS as IMPORT_ERRORS
from residents.api.imports.mutations import ImportMutations
from residents.api.imports.queries import ImportQueries
from residents.api.logins.binding_mutations import BindingMutations
from residents.api.logins.errors import ERRORS as LOGIN_ERRORS
from residents.api.logins.invitation_mutations import InvitationMutations
from residents.api.logins.queries import LoginQueries
from residents.api.logins.reset_mutations import ResetMutations
from residents.api.logins.wechat_mutations import WeChatMutations
from residents.api.merchants.errors import ERRORS as MERCHANT_ERRORS
from residents.api.merchants.mutations import MerchantClientMutations
from residents.api.merchants.queries import MerchantClientQueries
from residents.api.owners.errors import ERRORS as OWNER_ERRORS
from residents.api.owners.mutations import OwnerMutations
from residents.api.owners.queries import OwnerQueryFields
from residents.api.owners.types import Owner
from residents.api.privacy.errors import ERRORS as PRIVACY_ERRORS
from residents.api.privacy.mutations import PrivacyMutations
from residents.api.privacy.queries import PrivacyQueries
from residents.api.queries import Query as IdentityQueries
from residents.api.session_mutations import SessionMutations
from residents.api.staff_mutations import StaffMutations
from residents.api.teams.errors import ERRORS as TEAM_ERRORS
from residents.api.teams.mutations import TeamMutations
from residents.api.teams.queries import TeamQueryFields
from residents.api.types import Account, Community


@strawberry.type(description="What can be asked.")
class Query(
    IdentityQueries,
    ArchiveQueries,
    LoginQueries,
    ImportQueries,
    TeamQueryFields,
    OwnerQueryFields,
    PrivacyQueries,
    MerchantClientQueries,
):
    """All queries."""


@strawberry.type(description="What can be changed.")
class Mutation(
    SessionMutations,
    StaffMutations,
    MoveMutations,
    PeopleMutations,
    PlaceMutations,
    WeChatMutations,
    BindingMutations,
    InvitationMutations,
    ResetMutations,
    ImportMutations,
    TeamMutations,
    OwnerMutations,
    PrivacyMutations,
    MerchantClientMutations,
):
    """All mutations."""


def build(*, introspection: bool = True) -> Schema:
    """Build the schema."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        types=[Account, Community, Estate, Building, Household, Resident, Owner],
        errors=(
            *ERRORS,
            *LOGIN_ERRORS,
            *ARCHIVE_ERRORS,
            *IMPORT_ERRORS,
            *TEAM_ERRORS,
            *OWNER_ERRORS,
            *PRIVACY_ERRORS,
            *MERCHANT_ERRORS,
        ),
        introspection=introspection,
    )

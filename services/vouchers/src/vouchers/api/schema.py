"""This service's part of the graph."""

from typing import Annotated

import strawberry
from chassis.graphql import Schema, build_schema

from vouchers.api.campaigns.errors import ERRORS as CAMPAIGN_ERRORS
from vouchers.api.campaigns.mutations import CampaignMutations
from vouchers.api.campaigns.queries import CampaignQueries
from vouchers.api.campaigns.types import Campaign
from vouchers.api.cards.errors import ERRORS as CARD_ERRORS
from vouchers.api.cards.mutations import CardMutations
from vouchers.api.cards.queries import CardQueries
from vouchers.api.community import Community
from vouchers.api.context import Info
from vouchers.api.errors import ERRORS
from vouchers.api.ledger.queries import LedgerQueries
from vouchers.api.merchants.errors import ERRORS as MERCHANT_ERRORS
from vouchers.api.merchants.mutations import MerchantMutations
from vouchers.api.merchants.queries import MerchantQueries
from vouchers.api.merchants.types import Merchant


@strawberry.type(description="What can be asked.")
class Query(MerchantQueries, CampaignQueries, CardQueries, LedgerQueries):
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


@strawberry.type(description="What can be changed.")
class Mutation(MerchantMutations, CampaignMutations, CardMutations):
    """All mutations."""


def build(*, introspection: bool = True) -> Schema:
    """Build the schema; `introspection` is for development."""
    return build_schema(
        query=Query,
        mutation=Mutation,
        types=[Community, Merchant, Campaign],
        errors=(*ERRORS, *MERCHANT_ERRORS, *CAMPAIGN_ERRORS, *CARD_ERRORS),
        introspection=introspection,
    )

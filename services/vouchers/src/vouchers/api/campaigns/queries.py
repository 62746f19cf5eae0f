"""What can be asked of campaigns."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from vouchers.api.campaigns import loaders
from vouchers.api.campaigns.enums import CampaignState
from vouchers.api.campaigns.types import Campaign
from vouchers.api.context import Info, actor
from vouchers.api.paging import After, First, place_by_moment
from vouchers.domain.campaigns import campaign as domain


@strawberry.type
class CampaignQueries:
    """The part of Query that is about campaigns."""

    @strawberry.federation.field(
        description="The community's campaigns, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "auditor"),
    )
    async def campaigns(
        self,
        info: Info,
        state: Annotated[
            CampaignState | None, strawberry.argument(description="Only those that stand so.")
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Campaign] | None:
        """See ReadCampaigns."""
        page = await info.context.application.campaigns.read.newest_first(
            actor(info),
            domain.CampaignState[state.name] if state else None,
            first=checked_first(first),
            after=place_by_moment(after),
        )
        return connection_of(page, Campaign.of, after=after)

    @strawberry.federation.field(
        description="One campaign; null for an id that the community does not have.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "auditor"),
    )
    async def campaign(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The campaign.")],
    ) -> Campaign | None:
        """See ReadCampaigns."""
        found = await info.context.load(loaders.campaigns, str(id))
        return Campaign.of(found) if found else None

"""Campaigns are read many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from vouchers.api.context import Edge, actor_of
from vouchers.domain.campaigns.campaign import Campaign


async def _campaigns(context: Context[Edge], ids: Sequence[str]) -> Sequence[Campaign | None]:
    actor = actor_of(context.require_principal())
    return await context.application.campaigns.read.by_id(actor, ids)


campaigns: Loader[Edge, str, Campaign | None] = Loader(_campaigns)

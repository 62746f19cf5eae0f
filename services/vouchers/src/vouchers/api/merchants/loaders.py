"""Merchants are read many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from vouchers.api.context import Edge, actor_of
from vouchers.domain.merchants.merchant import Merchant


async def _merchants(context: Context[Edge], ids: Sequence[str]) -> Sequence[Merchant | None]:
    actor = actor_of(context.require_principal())
    return await context.application.merchants.read.by_id(actor, ids)


merchants: Loader[Edge, str, Merchant | None] = Loader(_merchants)

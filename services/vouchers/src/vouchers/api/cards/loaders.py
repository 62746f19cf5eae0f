"""Names are read many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from vouchers.api.context import Edge, actor_of
from vouchers.application.merchants.ports import Shop


async def _titles(context: Context[Edge], ids: Sequence[str]) -> Sequence[str | None]:
    actor = actor_of(context.require_principal())
    return await context.application.cards.read.titles(actor, ids)


async def _shops(context: Context[Edge], ids: Sequence[str]) -> Sequence[Shop | None]:
    actor = actor_of(context.require_principal())
    return await context.application.cards.read.shops(actor, ids)


titles: Loader[Edge, str, str | None] = Loader(_titles)
shops: Loader[Edge, str, Shop | None] = Loader(_shops)

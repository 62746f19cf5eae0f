"""What is read many at once."""

from collections.abc import Sequence
from datetime import date

from chassis.graphql_context import Context, Loader

from residents.api.context import Edge, actor_of
from residents.application.owners.shown import ShownOwner, ShownPeriod


async def _owners(context: Context[Edge], ids: Sequence[str]) -> Sequence[ShownOwner | None]:
    actor = actor_of(context.require_principal())
    return await context.application.owners.queries.owners_by_id(actor, ids)


async def _owners_on(
    context: Context[Edge], asked: Sequence[tuple[str, date | None]]
) -> Sequence[ShownPeriod | None]:
    actor = actor_of(context.require_principal())
    return await context.application.owners.queries.owners_on(actor, asked)


owners: Loader[Edge, str, ShownOwner | None] = Loader(_owners)
owners_on: Loader[Edge, tuple[str, date | None], ShownPeriod | None] = Loader(_owners_on)

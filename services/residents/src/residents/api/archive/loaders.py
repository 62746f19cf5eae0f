"""What of the archive is read many at once, all of one request in one view."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from residents.api.context import Edge, actor_of
from residents.domain.archive import places, residents
from residents.domain.archive.editions import View


async def _views(context: Context[Edge], community_ids: Sequence[str]) -> Sequence[View]:
    actor = actor_of(context.require_principal())
    return [await context.application.archive.browse.view(actor) for _ in community_ids]


async def _estates(context: Context[Edge], ids: Sequence[str]) -> Sequence[places.Estate | None]:
    actor = actor_of(context.require_principal())
    view = await context.load(view_of, actor.community_id)
    return await context.application.archive.browse.estates_by_id(actor, ids, view)


async def _buildings(
    context: Context[Edge], ids: Sequence[str]
) -> Sequence[places.Building | None]:
    actor = actor_of(context.require_principal())
    view = await context.load(view_of, actor.community_id)
    return await context.application.archive.browse.buildings_by_id(actor, ids, view)


async def _buildings_of(
    context: Context[Edge], estate_ids: Sequence[str]
) -> Sequence[Sequence[places.Building]]:
    actor = actor_of(context.require_principal())
    return await context.application.archive.browse.buildings_of(actor, estate_ids)


async def _households(
    context: Context[Edge], ids: Sequence[str]
) -> Sequence[places.Household | None]:
    actor = actor_of(context.require_principal())
    view = await context.load(view_of, actor.community_id)
    return await context.application.archive.browse.households_by_id(actor, ids, view)


async def _residents(
    context: Context[Edge], ids: Sequence[str]
) -> Sequence[residents.Resident | None]:
    actor = actor_of(context.require_principal())
    view = await context.load(view_of, actor.community_id)
    return await context.application.archive.browse.residents_by_id(actor, ids, view)


async def _residents_of(
    context: Context[Edge], household_ids: Sequence[str]
) -> Sequence[Sequence[residents.Resident]]:
    actor = actor_of(context.require_principal())
    return await context.application.archive.browse.residents_of(actor, household_ids)


view_of: Loader[Edge, str, View] = Loader(_views)
"""Of the caller's own community, by its id: what a request has begun with it goes on with."""
estates: Loader[Edge, str, places.Estate | None] = Loader(_estates)
buildings: Loader[Edge, str, places.Building | None] = Loader(_buildings)
buildings_of: Loader[Edge, str, Sequence[places.Building]] = Loader(_buildings_of)
households: Loader[Edge, str, places.Household | None] = Loader(_households)
residents_by_id: Loader[Edge, str, residents.Resident | None] = Loader(_residents)
residents_of: Loader[Edge, str, Sequence[residents.Resident]] = Loader(_residents_of)

"""Teams read many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from residents.api.context import Edge, actor_of
from residents.domain.teams.team import Team


async def _teams(context: Context[Edge], ids: Sequence[str]) -> Sequence[Team | None]:
    actor = actor_of(context.require_principal())
    return await context.application.teams.queries.teams_by_id(actor, ids)


teams: Loader[Edge, str, Team | None] = Loader(_teams)

"""What can be asked of teams."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_key, place_by_moment
from residents.api.teams.days import OnDay, checked_day
from residents.api.teams.types import DualAppointment, Team, TeamMember


@strawberry.type
class TeamQueryFields:
    """The part of Query that is about teams."""

    @strawberry.federation.field(
        description="The community's teams, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def teams(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Team] | None:
        """See TeamQueries.listed."""
        page = await info.context.application.teams.queries.listed(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, Team.of, after=after)

    @strawberry.federation.field(
        description="One team of the caller's community.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def team(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The team.")],
    ) -> Team | None:
        """See TeamQueries.team."""
        found = await info.context.application.teams.queries.team(actor(info), str(id))
        return Team.of(found) if found else None

    @strawberry.federation.field(
        description="Who holds posts in two teams or more on a day.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def dual_appointments(
        self, info: Info, on: OnDay, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[DualAppointment] | None:
        """See TeamQueries.dual_appointments."""
        page = await info.context.application.teams.queries.dual_appointments(
            actor(info),
            checked_day(on, "on"),
            first=checked_first(first),
            after=place_by_key(after),
        )
        return connection_of(page, DualAppointment.of, after=after)

    @strawberry.federation.field(
        description="The teams that the caller is in today, with the caller's posts.",
        authenticated=True,
    )
    async def my_posts(self, info: Info) -> list[TeamMember] | None:
        """See TeamQueries.own_posts."""
        standing = await info.context.application.teams.queries.own_posts(actor(info))
        return [TeamMember.of(shown) for shown in standing]

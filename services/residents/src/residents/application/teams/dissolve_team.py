"""End a team."""

from dataclasses import dataclass
from datetime import date

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Teams
from residents.domain.roles import Actor
from residents.domain.teams.permissions import DISSOLVE_TEAM, check_leads_the_whole
from residents.domain.teams.team import Team


@dataclass(frozen=True)
class DissolveTeam:
    """One write; who is in the team leaves it by the event."""

    teams: Teams
    now: Now

    async def __call__(self, actor: Actor, team_id: str, *, on: date, request: Request) -> Team:
        """End it with that day.

        Raises: Forbidden; RoleBeyondScope; TeamNotFound; TermEndsBeforeItBegins;
            RequestIdReused.
        Emits: team.dissolved v1.
        """
        demand(actor, DISSOLVE_TEAM)
        check_leads_the_whole(actor)
        at = self.now()
        return await self.teams.change(
            actor.community_id, team_id, lambda team: team.dissolve(on, at), request=request
        )

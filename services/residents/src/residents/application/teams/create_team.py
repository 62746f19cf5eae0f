"""Found a team."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Teams
from residents.domain.roles import Actor
from residents.domain.teams.permissions import CREATE_TEAM, check_leads_the_whole
from residents.domain.teams.posts import TeamKind
from residents.domain.teams.team import Team


class NewTeam(msgspec.Struct, frozen=True):
    """What is founded; the id belongs to this request."""

    team_id: str
    kind: TeamKind
    name: str
    founded_on: date


@dataclass(frozen=True)
class CreateTeam:
    """One write."""

    teams: Teams
    now: Now

    async def __call__(self, actor: Actor, new: NewTeam, *, request: Request) -> Team:
        """Raises: Forbidden; RoleBeyondScope; NameInvalid; RequestIdReused."""
        demand(actor, CREATE_TEAM)
        check_leads_the_whole(actor)
        team = Team.found(
            new.team_id,
            by=actor,
            kind=new.kind,
            name=new.name,
            founded_on=new.founded_on,
            at=self.now(),
        )
        return await self.teams.add(team, request=request)

"""This service hears its own event, so that nobody outlasts a team."""

from datetime import date, datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.teams.end_team_memberships import EndTeamMemberships


class TeamDissolved(msgspec.Struct, frozen=True):
    """What is needed of team.dissolved."""

    type: ClassVar[str] = "team.dissolved.v1"

    community_id: str
    team_id: str
    dissolved_on: date
    dissolved_at: datetime


def memberships_on_team_dissolved(end_memberships: EndTeamMemberships) -> Handle[TeamDissolved]:
    """End every membership of the team."""

    async def handle(event: Received[TeamDissolved]) -> None:
        team = event.data
        await end_memberships(
            team.community_id, team.team_id, last_day=team.dissolved_on, at=team.dissolved_at
        )

    return handle

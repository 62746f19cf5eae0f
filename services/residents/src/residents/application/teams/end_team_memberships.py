"""Let everybody leave a team that is no more."""

from dataclasses import dataclass
from datetime import date, datetime

from residents.application.listing import every_page
from residents.application.teams.ports import Memberships


@dataclass(frozen=True)
class EndTeamMemberships:
    """Told once or five times, each membership ends once."""

    memberships: Memberships

    async def __call__(
        self, community_id: str, team_id: str, *, last_day: date, at: datetime
    ) -> None:
        """Emits: team.relieved v1 for each post that was to be held longer."""
        members = every_page(
            lambda first, after: self.memberships.of_team(
                community_id, team_id, first=first, after=after
            )
        )
        async for member in members:
            await self.memberships.change(
                community_id, member.id, lambda each: each.end_with_team(last_day, at)
            )

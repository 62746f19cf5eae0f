"""Let somebody leave a team."""

from dataclasses import dataclass
from datetime import date

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Memberships
from residents.domain.roles import Actor
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import END_MEMBERSHIP


@dataclass(frozen=True)
class EndMembership:
    """One write; the person's posts in the team end with it."""

    memberships: Memberships
    now: Now

    async def __call__(
        self, actor: Actor, member_id: str, *, on: date, request: Request
    ) -> Membership:
        """Belong to it until that day.

        Raises: Forbidden; MemberNotFound; NotAMemberThen; RequestIdReused.
        Emits: team.relieved v1 for each post that was to be held longer.
        """
        demand(actor, END_MEMBERSHIP)
        at = self.now()
        return await self.memberships.change(
            actor.community_id, member_id, lambda member: member.leave(on, at), request=request
        )

"""Let somebody leave a team."""

from dataclasses import dataclass
from datetime import date

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Memberships
from residents.domain.roles import Actor
from residents.domain.teams.membership import Changed, Membership
from residents.domain.teams.permissions import END_MEMBERSHIP, check_may_relieve_of


@dataclass(frozen=True)
class EndMembership:
    """One write; the person's posts in the team end with it, if who asks may end those."""

    memberships: Memberships
    now: Now

    async def __call__(
        self, actor: Actor, member_id: str, *, on: date, request: Request
    ) -> Membership:
        """Belong to it until that day.

        Raises: Forbidden; MemberNotFound; NotAMemberThen; PostHeldLonger; RequestIdReused.
        Emits: team.relieved v1 for each post that was to be held longer.
        """
        demand(actor, END_MEMBERSHIP)
        at = self.now()

        def leave(member: Membership) -> Changed:
            left, events = member.leave(on, at)
            check_may_relieve_of(actor, set(member.appointments) - set(left.appointments))
            return left, events

        return await self.memberships.change(actor.community_id, member_id, leave, request=request)

"""End somebody's term early."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Memberships
from residents.domain.roles import Actor
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import END_APPOINTMENT, check_may_appoint_for


class EarlyEnd(msgspec.Struct, frozen=True):
    """Whose term ends with which day, and why."""

    member_id: str
    appointment_id: str
    on: date
    reason: str


@dataclass(frozen=True)
class EndAppointment:
    """One write; a steward's role is taken back by the event of it."""

    memberships: Memberships
    now: Now

    async def __call__(self, actor: Actor, end: EarlyEnd, *, request: Request) -> Membership:
        """End it.

        Raises: Forbidden; RoleBeyondScope; MemberNotFound; AppointmentNotFound; EndOutsideTerm;
            ReasonMissing; RequestIdReused.
        Emits: team.relieved v1.
        """
        demand(actor, END_APPOINTMENT)
        at = self.now()
        member = await self.memberships.get(actor.community_id, end.member_id)
        check_may_appoint_for(actor, member.appointment(end.appointment_id).estate_ids)
        return await self.memberships.change(
            actor.community_id,
            end.member_id,
            lambda each: each.relieve(end.appointment_id, end.on, end.reason, at),
            request=request,
        )

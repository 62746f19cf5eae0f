"""Enter an honour that a team, or somebody in it, was awarded."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Honours, Memberships, Teams
from residents.domain.roles import Actor
from residents.domain.teams.errors import MemberNotFound, NotAMemberThen
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import AWARD_HONOUR


class NewHonour(msgspec.Struct, frozen=True):
    """What was awarded to whom; the id belongs to this request."""

    honour_id: str
    team_id: str
    member_id: str | None
    title: str
    awarded_by: str
    awarded_on: date


@dataclass(frozen=True)
class AwardHonour:
    """One write."""

    teams: Teams
    memberships: Memberships
    honours: Honours
    now: Now

    async def __call__(self, actor: Actor, new: NewHonour, *, request: Request) -> Honour:
        """Enter it.

        Raises: Forbidden; TeamNotFound; MemberNotFound; NotAMemberThen; NameInvalid;
            DayInFuture; TeamDissolved; RequestIdReused.
        """
        demand(actor, AWARD_HONOUR)
        team = await self.teams.get(actor.community_id, new.team_id)
        member = await self._member(actor, new)
        honour = Honour.award(
            new.honour_id,
            by=actor,
            team=team,
            membership_id=new.member_id,
            person_key=member.person_key if member else None,
            title=new.title,
            awarded_by=new.awarded_by,
            awarded_on=new.awarded_on,
            at=self.now(),
        )
        return await self.honours.add(honour, request=request)

    async def _member(self, actor: Actor, new: NewHonour) -> Membership | None:
        if new.member_id is None:
            return None
        member = await self.memberships.get(actor.community_id, new.member_id)
        if member.team_id != new.team_id:
            raise MemberNotFound
        if not member.belongs_on(new.awarded_on):
            raise NotAMemberThen
        return member

"""Appoint a member to a post."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import EstateRegister, Now
from residents.application.teams.ports import Memberships, People, Teams
from residents.domain.naming import checked_name
from residents.domain.roles import Actor
from residents.domain.teams.appointment import Appointment
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import APPOINT, check_may_appoint_for
from residents.domain.teams.posts import Post, check_post
from residents.domain.teams.terms import Term


class NewAppointment(msgspec.Struct, frozen=True):
    """Who is appointed to what; the id belongs to this request."""

    appointment_id: str
    member_id: str
    post: Post
    title: str
    from_day: date
    until_day: date | None = None
    estate_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appoint:
    """One write; a steward's role is given by the event of it."""

    teams: Teams
    memberships: Memberships
    people: People
    estates: EstateRegister
    now: Now

    async def __call__(self, actor: Actor, new: NewAppointment, *, request: Request) -> Membership:
        """Give the post.

        Raises: Forbidden; RoleBeyondScope; NameInvalid; TermEndsBeforeItBegins; MemberNotFound;
            TeamDissolved; PostNotInTeam; StewardWithoutEstates; EstatesOnlyForStewards;
            EstateNotFound; NotAMemberThen; PostHeldAlready; TooManyTerms; RequestIdReused.
        Emits: team.appointed v1.
        """
        demand(actor, APPOINT)
        check_may_appoint_for(actor, new.estate_ids)
        term = Term.of(new.from_day, new.until_day)
        member = await self.memberships.get(actor.community_id, new.member_id)
        team = await self.teams.get(actor.community_id, member.team_id)
        team.check_exists_during(term)
        check_post(team.kind, new.post, new.estate_ids)
        await self.estates.check(actor.community_id, new.estate_ids)
        accounts = await self.people.accounts_of(actor.community_id, member)
        appointment = Appointment(
            id=new.appointment_id,
            post=new.post,
            title=checked_name(new.title),
            term=term,
            estate_ids=tuple(sorted(set(new.estate_ids))),
            account_id=accounts[0] if accounts else None,
            appointed_at=self.now(),
            appointed_by=actor.account_id,
        )
        return await self.memberships.change(
            actor.community_id,
            member.id,
            lambda each: each.appoint(appointment),
            request=request,
        )

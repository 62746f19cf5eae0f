"""Take somebody into a team."""

from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Identities, Memberships, People, Teams
from residents.domain.china_days import day_of
from residents.domain.roles import Actor
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import ADD_MEMBER
from residents.domain.teams.person import NamedPerson
from residents.domain.teams.terms import Term


class NewMember(msgspec.Struct, frozen=True):
    """Who joins what, as what, and when; a time that is over may be entered as well."""

    team_id: str
    person: NamedPerson
    title: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True)
class AddMember:
    """The membership is made empty, once for a person and a team; joining is a change of it.

    So of two clerks who enter the same person at once, the later is told that they overlap.
    """

    teams: Teams
    memberships: Memberships
    people: People
    identities: Identities
    now: Now

    async def __call__(self, actor: Actor, new: NewMember, *, request: Request) -> Membership:
        """Take them in.

        Raises: Forbidden; PersonNotNamed; NameInvalid; BirthDateImpossible;
            TermEndsBeforeItBegins; TeamNotFound; TeamDissolved; AccountNotFound;
            ResidentNotFound; MembershipOverlaps; TooManyTerms; RequestIdReused.
        """
        demand(actor, ADD_MEMBER)
        at = self.now()
        named = new.person.checked(day_of(at))
        term = Term.of(new.joined_on, new.left_on)
        team = await self.teams.get(actor.community_id, new.team_id)
        team.check_exists_during(term)
        person = await self.people.known(actor, named)
        membership_id = self.identities.membership(actor.community_id, team.id, person.person_id)
        empty = Membership.empty(membership_id, team=team, person=person, at=at)
        # Tried before anything is written: what is refused leaves nothing behind.
        empty.join(term, new.title, person.birth_date)
        await self.memberships.add(empty)
        return await self.memberships.change(
            actor.community_id,
            membership_id,
            lambda member: member.join(term, new.title, person.birth_date),
            request=request,
        )

"""Teams, memberships and honours to store."""

from datetime import UTC, date, datetime, timedelta

from chassis.ids import derived_id
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.teams.appointment import Appointment
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import TeamPerson
from residents.domain.teams.posts import Post, TeamKind
from residents.domain.teams.team import Team
from residents.domain.teams.terms import Term

COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "elsewhere")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BORN = date(1955, 4, 12)


def a_team(number: int = 0, *, community_id: str = COMMUNITY) -> Team:
    by = Actor("account_by", community_id, "session_by", (RoleGrant(Role.SECRETARY),))
    return Team.found(
        derived_id("team", community_id, str(number)),
        by=by,
        kind=TeamKind.RED_SOCIAL,
        name="合唱团",
        founded_on=date(2021, 7, 1),
        at=AT + timedelta(minutes=number),
    )


def a_member(team: Team, name: str, *, title: str = "成员") -> Membership:
    person_id = derived_id("person", name)
    person = TeamPerson(person_id=person_id, person_key=person_id, name=name, birth_date=BORN)
    membership_id = derived_id("membership", team.id, person_id)
    empty = Membership.empty(membership_id, team=team, person=person, at=AT)
    return empty.join(Term(date(2026, 1, 1)), title, None)[0]


def a_post(member: Membership) -> Appointment:
    return Appointment(
        id=derived_id("appointment", member.id),
        post=Post.HEAD,
        title="团长",
        term=Term(date(2026, 1, 1), date(2028, 12, 31)),
        estate_ids=(),
        account_id=None,
        appointed_at=AT,
        appointed_by="account_by",
    )


def an_honour(team: Team, number: int, *, member: Membership | None = None) -> Honour:
    by = Actor("account_by", team.community_id, "session_by", (RoleGrant(Role.SECRETARY),))
    return Honour.award(
        derived_id("honour", team.id, str(number)),
        by=by,
        team=team,
        membership_id=member.id if member else None,
        person_key=member.person_key if member else None,
        title="先进集体",
        awarded_by="区委组织部",
        awarded_on=date(2024, 7, 1) + timedelta(days=number),
        at=AT,
    )

"""Who may do what with teams."""

from collections.abc import Iterable

from residents.domain.errors import RoleBeyondScope
from residents.domain.permissions import ANYBODY, OFFICE, SECRETARY, Permission
from residents.domain.roles import Actor
from residents.domain.teams.appointment import Appointment
from residents.domain.teams.errors import PostHeldLonger

READ_TEAMS = Permission("teams", OFFICE)
READ_DUAL_APPOINTMENTS = Permission("dualAppointments", OFFICE)
READ_OWN_POSTS = Permission("myPosts", ANYBODY)
CREATE_TEAM = Permission("createTeam", SECRETARY)
DISSOLVE_TEAM = Permission("dissolveTeam", SECRETARY)
ADD_MEMBER = Permission("addMember", OFFICE)
END_MEMBERSHIP = Permission("endMembership", OFFICE)
APPOINT = Permission("appoint", SECRETARY)
END_APPOINTMENT = Permission("endAppointment", SECRETARY)
AWARD_HONOUR = Permission("awardHonour", OFFICE)
WITHDRAW_HONOUR = Permission("withdrawHonour", SECRETARY)


def check_may_appoint_for(actor: Actor, estate_ids: tuple[str, ...]) -> None:
    """Nobody gives a steward more of a community than they hold.

    Raises: RoleBeyondScope.
    """
    if not estate_ids:
        check_leads_the_whole(actor)
    if not all(actor.reaches(estate_id, *SECRETARY) for estate_id in estate_ids):
        raise RoleBeyondScope


def check_may_relieve_of(actor: Actor, posts: Iterable[Appointment]) -> None:
    """Who gives posts takes them: nobody else lets somebody leave who holds one for longer.

    Raises: PostHeldLonger.
    """
    for post in posts:
        try:
            check_may_appoint_for(actor, post.estate_ids)
        except RoleBeyondScope:
            raise PostHeldLonger from None


def check_leads_the_whole(actor: Actor) -> None:
    """A team is of the whole community: who leads some estates of it leads no team.

    Raises: RoleBeyondScope.
    """
    if not actor.holds_for_all(*SECRETARY):
        raise RoleBeyondScope

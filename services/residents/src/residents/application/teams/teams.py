"""What can be done with teams, on one page."""

from dataclasses import dataclass

from residents.application.ports import EstateRegister, Now
from residents.application.teams.add_member import AddMember
from residents.application.teams.appoint import Appoint
from residents.application.teams.award_honour import AwardHonour
from residents.application.teams.create_team import CreateTeam
from residents.application.teams.dissolve_team import DissolveTeam
from residents.application.teams.end_appointment import EndAppointment
from residents.application.teams.end_membership import EndMembership
from residents.application.teams.end_team_memberships import EndTeamMemberships
from residents.application.teams.ports import (
    Honours,
    Identities,
    Memberships,
    People,
    Teams,
)
from residents.application.teams.queries import TeamQueries
from residents.application.teams.settle_steward_roles import SettleStewardRoles
from residents.application.teams.withdraw_honour import WithdrawHonour
from residents.domain.china_days import day_of


@dataclass(frozen=True, kw_only=True)
class TeamPorts:
    """What the use cases share."""

    teams: Teams
    memberships: Memberships
    honours: Honours
    people: People
    estates: EstateRegister
    identities: Identities
    now: Now


class TeamsRoom:
    """The room's use cases."""

    def __init__(self, ports: TeamPorts) -> None:
        teams, memberships, now = ports.teams, ports.memberships, ports.now
        people = ports.people

        self.queries = TeamQueries(teams, memberships, ports.honours, people, lambda: day_of(now()))
        self.create_team = CreateTeam(teams, now)
        self.dissolve_team = DissolveTeam(teams, now)
        self.end_team_memberships = EndTeamMemberships(memberships)
        self.add_member = AddMember(teams, memberships, people, ports.identities, now)
        self.end_membership = EndMembership(memberships, now)
        self.appoint = Appoint(teams, memberships, people, ports.estates, now)
        self.end_appointment = EndAppointment(memberships, now)
        self.award_honour = AwardHonour(teams, memberships, ports.honours, now)
        self.withdraw_honour = WithdrawHonour(ports.honours, now)
        self.settle_steward_roles = SettleStewardRoles(teams, memberships, people, now)

"""What can come of changing teams."""

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from residents.api.archive.errors import EstateNotFound, ResidentNotFound
from residents.api.errors import AccountNotFound, NameInvalid, RoleBeyondScope
from residents.api.teams.errors import (
    AppointmentNotFound,
    BirthDateImpossible,
    DayInFuture,
    EndOutsideTerm,
    EstatesOnlyForStewards,
    HonourNotFound,
    MemberNotFound,
    MembershipOverlaps,
    NotAMemberThen,
    PersonNotNamed,
    PostHeldAlready,
    PostHeldLonger,
    PostNotInTeam,
    ReasonMissing,
    StewardWithoutEstates,
    TeamDissolved,
    TeamNotFound,
    TermEndsBeforeItBegins,
    TooManyTerms,
)
from residents.api.teams.types import Team, TeamAppointment, TeamHonour, TeamMember


@strawberry.type(description="The team is there.")
class CreateTeamSuccess:
    """See CreateTeam."""

    team: Team = strawberry.field(description="The team.")


@strawberry.type(description="The team ends with that day.")
class DissolveTeamSuccess:
    """See DissolveTeam."""

    team: Team = strawberry.field(description="The team.")


@strawberry.type(description="The person is in the team.")
class AddMemberSuccess:
    """See AddMember."""

    member: TeamMember = strawberry.field(description="The member.")


@strawberry.type(description="The person leaves the team with that day.")
class EndMembershipSuccess:
    """See EndMembership."""

    member: TeamMember = strawberry.field(description="The member.")


@strawberry.type(description="The person holds the post for the term.")
class AppointSuccess:
    """See Appoint."""

    member: TeamMember = strawberry.field(description="The member.")
    appointment: TeamAppointment = strawberry.field(description="The post.")


@strawberry.type(description="The term ends with that day.")
class EndAppointmentSuccess:
    """See EndAppointment."""

    member: TeamMember = strawberry.field(description="The member.")
    appointment: TeamAppointment = strawberry.field(description="The post.")


@strawberry.type(description="The honour is entered.")
class AwardHonourSuccess:
    """See AwardHonour."""

    honour: TeamHonour = strawberry.field(description="The honour.")


@strawberry.type(description="The honour stands no more.")
class WithdrawHonourSuccess:
    """See WithdrawHonour."""

    honour: TeamHonour = strawberry.field(description="The honour.")


CreateTeamResult = Annotated[
    CreateTeamSuccess | RoleBeyondScope | NameInvalid | RequestIdReused,
    strawberry.union("CreateTeamResult", description="What can come of founding a team."),
]
DissolveTeamResult = Annotated[
    DissolveTeamSuccess | RoleBeyondScope | TeamNotFound | TermEndsBeforeItBegins | RequestIdReused,
    strawberry.union("DissolveTeamResult", description="What can come of ending a team."),
]
AddMemberResult = Annotated[
    AddMemberSuccess
    | PersonNotNamed
    | NameInvalid
    | BirthDateImpossible
    | TermEndsBeforeItBegins
    | TeamNotFound
    | TeamDissolved
    | AccountNotFound
    | ResidentNotFound
    | MembershipOverlaps
    | TooManyTerms
    | RequestIdReused,
    strawberry.union("AddMemberResult", description="What can come of taking somebody in."),
]
EndMembershipResult = Annotated[
    EndMembershipSuccess | MemberNotFound | NotAMemberThen | PostHeldLonger | RequestIdReused,
    strawberry.union("EndMembershipResult", description="What can come of letting one leave."),
]
AppointResult = Annotated[
    AppointSuccess
    | RoleBeyondScope
    | NameInvalid
    | TermEndsBeforeItBegins
    | MemberNotFound
    | TeamDissolved
    | PostNotInTeam
    | StewardWithoutEstates
    | EstatesOnlyForStewards
    | EstateNotFound
    | NotAMemberThen
    | PostHeldAlready
    | TooManyTerms
    | RequestIdReused,
    strawberry.union("AppointResult", description="What can come of an appointment."),
]
EndAppointmentResult = Annotated[
    EndAppointmentSuccess
    | RoleBeyondScope
    | MemberNotFound
    | AppointmentNotFound
    | EndOutsideTerm
    | ReasonMissing
    | RequestIdReused,
    strawberry.union("EndAppointmentResult", description="What can come of ending a term."),
]
AwardHonourResult = Annotated[
    AwardHonourSuccess
    | TeamNotFound
    | MemberNotFound
    | NotAMemberThen
    | NameInvalid
    | DayInFuture
    | TeamDissolved
    | RequestIdReused,
    strawberry.union("AwardHonourResult", description="What can come of entering an honour."),
]
WithdrawHonourResult = Annotated[
    WithdrawHonourSuccess | HonourNotFound | ReasonMissing | RequestIdReused,
    strawberry.union("WithdrawHonourResult", description="What can come of taking one back."),
]

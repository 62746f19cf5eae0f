"""What is given to change teams."""

from datetime import date

import strawberry

from residents.api.teams.enums import TeamKind, TeamPost

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="What is founded.")
class CreateTeamInput:
    """See CreateTeam."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    kind: TeamKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="What it is called.")
    founded_on: date = strawberry.field(description="Its first day.")


@strawberry.input(description="The team to end.")
class DissolveTeamInput:
    """See DissolveTeam."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    team_id: strawberry.ID = strawberry.field(description="The team.")
    dissolved_on: date = strawberry.field(description="Its last day.")


@strawberry.input(description="Who joins a team: exactly one of account, resident and name.")
class AddMemberInput:
    """See AddMember."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    team_id: strawberry.ID = strawberry.field(description="The team.")
    title: str = strawberry.field(description="What the person does in it.")
    joined_on: date = strawberry.field(description="The first day.")
    left_on: date | None = strawberry.field(
        default=None, description="The last day, of a time that is over."
    )
    account_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person's account."
    )
    resident_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person in the archive."
    )
    name: str | None = strawberry.field(default=None, description="Of somebody who is neither.")
    birth_date: date | None = strawberry.field(
        default=None, description="For the average age; of a resident the archive's if null."
    )


@strawberry.input(description="Who leaves a team.")
class EndMembershipInput:
    """See EndMembership."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    member_id: strawberry.ID = strawberry.field(description="The member.")
    left_on: date = strawberry.field(description="The last day.")


@strawberry.input(description="Who is appointed to what.")
class AppointInput:
    """See Appoint."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    member_id: strawberry.ID = strawberry.field(description="The member.")
    post: TeamPost = strawberry.field(description="The post.")
    title: str = strawberry.field(description="The post as the team words it.")
    from_day: date = strawberry.field(description="The first day of the term.")
    until_day: date | None = strawberry.field(
        default=None, description="Its last day; null while no end is set."
    )
    estate_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="What a steward looks after."
    )


@strawberry.input(description="Whose term ends early.")
class EndAppointmentInput:
    """See EndAppointment."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    member_id: strawberry.ID = strawberry.field(description="The member.")
    appointment_id: strawberry.ID = strawberry.field(description="The appointment.")
    until_day: date = strawberry.field(
        description="The last day of the term; a day before the first calls off what has not begun."
    )
    reason: str = strawberry.field(description="Why; 200 characters at most.")


@strawberry.input(description="What was awarded to whom.")
class AwardHonourInput:
    """See AwardHonour."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    team_id: strawberry.ID = strawberry.field(description="The team.")
    title: str = strawberry.field(description="What the honour is called.")
    awarded_by: str = strawberry.field(description="The body that awarded it.")
    awarded_on: date = strawberry.field(description="The day.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody in it; null for the team itself."
    )


@strawberry.input(description="The honour to take back.")
class WithdrawHonourInput:
    """See WithdrawHonour."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    honour_id: strawberry.ID = strawberry.field(description="The honour.")
    reason: str = strawberry.field(description="Why; 200 characters at most.")

"""What can be done with teams."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.ids import derived_id

from residents.api.context import Info, actor
from residents.api.teams.days import checked_day
from residents.api.teams.inputs import (
    AddMemberInput,
    AppointInput,
    AwardHonourInput,
    CreateTeamInput,
    DissolveTeamInput,
    EndAppointmentInput,
    EndMembershipInput,
    WithdrawHonourInput,
)
from residents.api.teams.results import (
    AddMemberResult,
    AddMemberSuccess,
    AppointResult,
    AppointSuccess,
    AwardHonourResult,
    AwardHonourSuccess,
    CreateTeamResult,
    CreateTeamSuccess,
    DissolveTeamResult,
    DissolveTeamSuccess,
    EndAppointmentResult,
    EndAppointmentSuccess,
    EndMembershipResult,
    EndMembershipSuccess,
    WithdrawHonourResult,
    WithdrawHonourSuccess,
)
from residents.api.teams.types import Team, TeamAppointment, TeamHonour, TeamMember
from residents.application.teams.add_member import NewMember
from residents.application.teams.appoint import NewAppointment
from residents.application.teams.award_honour import NewHonour
from residents.application.teams.create_team import NewTeam
from residents.application.teams.end_appointment import EarlyEnd
from residents.domain.teams import posts
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import NamedPerson


@strawberry.type
class TeamMutations:
    """The part of Mutation that is about teams."""

    @strawberry.federation.mutation(
        description="Found a team.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def create_team(
        self,
        info: Info,
        input: Annotated[CreateTeamInput, strawberry.argument(description="What.")],
    ) -> CreateTeamResult | None:
        """See CreateTeam."""
        caller = actor(info)
        new = NewTeam(
            team_id=derived_id("team", caller.account_id, input.request_id),
            kind=posts.TeamKind[input.kind.name],
            name=input.name,
            founded_on=checked_day(input.founded_on, "foundedOn"),
        )
        request = info.context.request_for(
            input.request_id, kind=new.kind, name=new.name, founded_on=new.founded_on
        )
        team = await info.context.application.teams.create_team(caller, new, request=request)
        return CreateTeamSuccess(team=Team.of(team))

    @strawberry.federation.mutation(
        description="End a team; whoever is in it leaves it with that day.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def dissolve_team(
        self,
        info: Info,
        input: Annotated[DissolveTeamInput, strawberry.argument(description="Which.")],
    ) -> DissolveTeamResult | None:
        """See DissolveTeam."""
        team_id, on = str(input.team_id), input.dissolved_on
        request = info.context.request_for(input.request_id, dissolved=team_id, on=on)
        team = await info.context.application.teams.dissolve_team(
            actor(info), team_id, on=on, request=request
        )
        return DissolveTeamSuccess(team=Team.of(team))

    @strawberry.federation.mutation(
        description="Take somebody into a team.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def add_member(
        self,
        info: Info,
        input: Annotated[AddMemberInput, strawberry.argument(description="Whom.")],
    ) -> AddMemberResult | None:
        """See AddMember."""
        new = NewMember(
            team_id=str(input.team_id),
            person=NamedPerson(
                account_id=_text(input.account_id),
                resident_id=_text(input.resident_id),
                name=input.name,
                birth_date=input.birth_date,
            ),
            title=input.title,
            joined_on=input.joined_on,
            left_on=input.left_on,
        )
        member = await info.context.application.teams.add_member(
            actor(info), new, request=info.context.request_for(input.request_id, joins=new)
        )
        return AddMemberSuccess(member=await _shown(info, member))

    @strawberry.federation.mutation(
        description="Let somebody leave a team, and its posts; a post that lasts longer is the "
        "secretary's to end.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def end_membership(
        self,
        info: Info,
        input: Annotated[EndMembershipInput, strawberry.argument(description="Who.")],
    ) -> EndMembershipResult | None:
        """See EndMembership."""
        member_id, on = str(input.member_id), input.left_on
        request = info.context.request_for(input.request_id, leaves=member_id, on=on)
        member = await info.context.application.teams.end_membership(
            actor(info), member_id, on=on, request=request
        )
        return EndMembershipSuccess(member=await _shown(info, member))

    @strawberry.federation.mutation(
        description="Appoint a member to a post; a steward gets the role for the term.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def appoint(
        self,
        info: Info,
        input: Annotated[AppointInput, strawberry.argument(description="Whom, to what.")],
    ) -> AppointResult | None:
        """See Appoint."""
        caller = actor(info)
        new = NewAppointment(
            appointment_id=derived_id("appointment", caller.account_id, input.request_id),
            member_id=str(input.member_id),
            post=posts.Post[input.post.name],
            title=input.title,
            from_day=input.from_day,
            until_day=input.until_day,
            estate_ids=tuple(str(estate_id) for estate_id in input.estate_ids),
        )
        member = await info.context.application.teams.appoint(
            caller, new, request=info.context.request_for(input.request_id, appoints=new)
        )
        return AppointSuccess(
            member=await _shown(info, member),
            appointment=TeamAppointment.of(member.appointment(new.appointment_id), member),
        )

    @strawberry.federation.mutation(
        description="End somebody's term early; a steward loses the role.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def end_appointment(
        self,
        info: Info,
        input: Annotated[EndAppointmentInput, strawberry.argument(description="Whose.")],
    ) -> EndAppointmentResult | None:
        """See EndAppointment."""
        end = EarlyEnd(
            member_id=str(input.member_id),
            appointment_id=str(input.appointment_id),
            on=input.until_day,
            reason=input.reason,
        )
        member = await info.context.application.teams.end_appointment(
            actor(info), end, request=info.context.request_for(input.request_id, ends=end)
        )
        return EndAppointmentSuccess(
            member=await _shown(info, member),
            appointment=TeamAppointment.of(member.appointment(end.appointment_id), member),
        )

    @strawberry.federation.mutation(
        description="Enter an honour of a team, or of somebody in it.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def award_honour(
        self,
        info: Info,
        input: Annotated[AwardHonourInput, strawberry.argument(description="What, to whom.")],
    ) -> AwardHonourResult | None:
        """See AwardHonour."""
        caller = actor(info)
        new = NewHonour(
            honour_id=derived_id("honour", caller.account_id, input.request_id),
            team_id=str(input.team_id),
            member_id=_text(input.member_id),
            title=input.title,
            awarded_by=input.awarded_by,
            awarded_on=input.awarded_on,
        )
        honour = await info.context.application.teams.award_honour(
            caller, new, request=info.context.request_for(input.request_id, awards=new)
        )
        return AwardHonourSuccess(honour=TeamHonour.of(honour))

    @strawberry.federation.mutation(
        description="Take back an honour; it stays to be seen, as withdrawn.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def withdraw_honour(
        self,
        info: Info,
        input: Annotated[WithdrawHonourInput, strawberry.argument(description="Which.")],
    ) -> WithdrawHonourResult | None:
        """See WithdrawHonour."""
        honour_id = str(input.honour_id)
        request = info.context.request_for(
            input.request_id, withdrawn=honour_id, reason=input.reason
        )
        honour = await info.context.application.teams.withdraw_honour(
            actor(info), honour_id, reason=input.reason, request=request
        )
        return WithdrawHonourSuccess(honour=TeamHonour.of(honour))


async def _shown(info: Info, member: Membership) -> TeamMember:
    queries = info.context.application.teams.queries
    return TeamMember.of(await queries.shown(actor(info), member))


def _text(id_: strawberry.ID | None) -> str | None:
    return None if id_ is None else str(id_)

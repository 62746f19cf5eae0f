"""Teams, who is in them, and what they were awarded, as the graph shows them."""

from datetime import date, datetime

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)

from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_day, place_by_id
from residents.api.teams import loaders
from residents.api.teams.days import OnDay, checked_day
from residents.api.teams.enums import TeamKind, TeamPost
from residents.application.teams.queries import ShownDualPosts, ShownMember
from residents.domain.china_days import beginning_of
from residents.domain.teams import appointment, average_age, honour, membership, team


@strawberry.type(description="A post that somebody holds, or held, for a term.")
class TeamAppointment:
    """See residents.domain.teams.appointment."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    post: TeamPost = strawberry.field(description="The post.")
    title: str = strawberry.field(description="The post as the team words it.")
    from_day: date = strawberry.field(description="The first day of the term.")
    until_day: date | None = strawberry.field(
        description="Its last day; null while no end is set; before the first if called off."
    )
    estate_ids: list[strawberry.ID] = strawberry.field(
        description="The estates that a steward looks after."
    )
    ended_early_at: datetime | None = strawberry.field(
        description="When the term was cut short; null if it was not."
    )
    reason: str | None = strawberry.field(description="Why it was cut short, if somebody said.")

    @classmethod
    def of(cls, held: appointment.Appointment, kept: membership.Membership) -> "TeamAppointment":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(held.id),
            post=TeamPost[held.post.name],
            title=held.title,
            from_day=held.term.from_day,
            until_day=held.term.until_day,
            estate_ids=[strawberry.ID(estate_id) for estate_id in held.estate_ids],
            ended_early_at=held.relieved_at,
            reason=kept.facts.reasons.get(held.id) if kept.facts else None,
        )


@strawberry.type(description="One time of belonging to a team.")
class TeamSpell:
    """See residents.domain.teams.membership."""

    title: str = strawberry.field(description="What the person did in it.")
    from_day: date = strawberry.field(description="The first day.")
    until_day: date | None = strawberry.field(description="The last day; null while no end is set.")


@strawberry.type(description="Somebody who is, or was, in a team.")
class TeamMember:
    """See residents.domain.teams.membership."""

    id: strawberry.ID = strawberry.field(description="Its id: of this person in this team.")
    name: str | None = strawberry.field(
        description="In full for staff, masked for everybody else; null once erased."
    )
    account_id: strawberry.ID | None = strawberry.field(
        description="The account by which the person was added, if by one."
    )
    resident_id: strawberry.ID | None = strawberry.field(
        description="The resident as whom the person was added, if as one."
    )
    spells: list[TeamSpell] = strawberry.field(
        description="When the person belonged to the team, in the order entered; 50 at most."
    )
    appointments: list[TeamAppointment] = strawberry.field(
        description="The posts in it, in the order entered; 50 at most."
    )
    team_id: strawberry.Private[str]

    @classmethod
    def of(cls, shown: ShownMember) -> "TeamMember":
        """As the graph shows it."""
        kept = shown.membership
        return cls(
            id=strawberry.ID(kept.id),
            name=shown.name,
            account_id=strawberry.ID(kept.account_id) if kept.account_id else None,
            resident_id=strawberry.ID(kept.resident_id) if kept.resident_id else None,
            spells=[
                TeamSpell(
                    title=spell.title,
                    from_day=spell.term.from_day,
                    until_day=spell.term.until_day,
                )
                for spell in kept.spells
            ],
            appointments=[TeamAppointment.of(each, kept) for each in kept.appointments],
            team_id=kept.team_id,
        )

    @strawberry.field(description="The team.")
    async def team(self, info: Info) -> "Team | None":
        """Read with those of all members asked for."""
        found = await info.context.load(loaders.teams, self.team_id)
        return Team.of(found) if found else None


@strawberry.type(description="An honour that a team, or somebody in it, was awarded.")
class TeamHonour:
    """See residents.domain.teams.honour."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    title: str = strawberry.field(description="What it is called.")
    awarded_by: str = strawberry.field(description="The body that awarded it.")
    awarded_on: date = strawberry.field(description="The day.")
    member_id: strawberry.ID | None = strawberry.field(
        description="Whose it is in the team; null for the team's own."
    )
    withdrawn_at: datetime | None = strawberry.field(
        description="When it was taken back; null while it stands."
    )
    withdrawal_reason: str | None = strawberry.field(description="Why it was taken back.")

    @classmethod
    def of(cls, kept: honour.Honour) -> "TeamHonour":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            title=kept.title,
            awarded_by=kept.awarded_by,
            awarded_on=kept.awarded_on,
            member_id=strawberry.ID(kept.membership_id) if kept.membership_id else None,
            withdrawn_at=kept.withdrawn_at,
            withdrawal_reason=kept.withdrawal_reason,
        )


@strawberry.type(
    description=(
        "A team's average age on a day: the sum of the ages in completed years over the number of "
        "people. Left out: `no_birth_date`, `born_later`, `erased`."
    )
)
class AverageAge(Rate):
    """See residents.domain.teams.average_age."""

    on: date = strawberry.field(description="The day.")
    team_id: strawberry.Private[str]

    @classmethod
    def of(cls, figure: average_age.AgeFigure, team_id: str) -> "AverageAge":
        """As the graph shows it."""
        fields = rate_of(
            numerator=figure.sum_of_ages,
            denominator=figure.counted,
            excluded=figure.excluded,
            as_of=beginning_of(figure.on),
        )
        return cls(**fields, on=figure.on, team_id=team_id)

    @strawberry.field(description="The people counted.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TeamMember] | None:
        """One page."""
        page = await info.context.application.teams.queries.average_age_rows(
            actor(info),
            self.team_id,
            self.on,
            first=checked_first(first),
            after=place_by_id(after),
        )
        return connection_of(page, TeamMember.of, after=after)


@strawberry.type(description="The community's staff, or one of the five red teams.")
class Team:
    """See residents.domain.teams.team."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: TeamKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="What it is called.")
    founded_on: date = strawberry.field(description="Its first day.")
    dissolved_on: date | None = strawberry.field(
        description="Its last day; null while it is there."
    )

    @classmethod
    def of(cls, kept: team.Team) -> "Team":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            kind=TeamKind[kept.kind.name],
            name=kept.name,
            founded_on=kept.founded_on,
            dissolved_on=kept.dissolved_on,
        )

    @strawberry.field(description="Who is in it on a day.")
    async def members(
        self, info: Info, on: OnDay, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TeamMember] | None:
        """One page."""
        day = checked_day(on, "on")
        page = await info.context.application.teams.queries.members(
            actor(info), str(self.id), day, first=checked_first(first), after=place_by_id(after)
        )
        return connection_of(page, TeamMember.of, after=after)

    @strawberry.field(description="Its average age on a day.")
    async def average_age(self, info: Info, on: OnDay) -> AverageAge | None:
        """See TeamQueries.average_age."""
        queries = info.context.application.teams.queries
        figure = await queries.average_age(actor(info), str(self.id), checked_day(on, "on"))
        return AverageAge.of(figure, str(self.id))

    @strawberry.field(description="Its honours and those of its people, the latest awarded first.")
    async def honours(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[TeamHonour] | None:
        """One page."""
        page = await info.context.application.teams.queries.honours_of(
            actor(info), str(self.id), first=checked_first(first), after=place_by_day(after)
        )
        return connection_of(page, TeamHonour.of, after=after)


@strawberry.type(description="A post, and the team in which it is held.")
class PostInTeam:
    """One of several."""

    team_id: strawberry.Private[str]
    appointment: TeamAppointment = strawberry.field(description="The post.")

    @strawberry.field(description="The team.")
    async def team(self, info: Info) -> Team | None:
        """Read with those of all posts asked for."""
        found = await info.context.load(loaders.teams, self.team_id)
        return Team.of(found) if found else None


@strawberry.type(description="双向进入，交叉任职: one person's posts in two teams or more at once.")
class DualAppointment:
    """See residents.domain.teams.dual_posts."""

    name: str | None = strawberry.field(
        description="In full for staff, masked for everybody else; null once erased."
    )
    posts: list[PostInTeam] = strawberry.field(description="The posts held on that day.")

    @classmethod
    def of(cls, shown: ShownDualPosts) -> "DualAppointment":
        """As the graph shows it."""
        return cls(
            name=shown.name,
            posts=[
                PostInTeam(team_id=kept.team_id, appointment=TeamAppointment.of(held, kept))
                for kept, appointments in shown.posts.posts
                for held in appointments
            ],
        )

"""The graph's types for what this service owns."""

from datetime import datetime
from typing import Annotated

import strawberry

from issues.api import loaders
from issues.api.context import Info
from issues.api.enums import (
    ClockKind,
    ClockState,
    DismissalReason,
    HazardState,
    IntakeSource,
    IntakeState,
    IssueLevel,
    IssueState,
)
from issues.api.handling.types import (
    Assignment,
    Confirmation,
    CoordinationRound,
    Duplication,
    Escalation,
    Rejection,
    Reopening,
    Resolution,
    Waiting,
)
from issues.api.public.issue_fields import IssueHistory
from issues.api.stubs import Account, Comment
from issues.domain import categories, clocks, hazard_rules, intake, issue

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]


@strawberry.type(description="What an issue can be about.")
class IssueCategory:
    """See `domain.categories`."""

    code: str = strawberry.field(description="Stable, for programs and inputs.")
    name: str = strawberry.field(description="For people, in zh-CN.")
    handling_hours: int = strawberry.field(description="Hours within which it is to be solved.")

    @classmethod
    def of(cls, category: categories.Category) -> "IssueCategory":
        """The graph's view of a category."""
        hours = int(category.handling.total_seconds() // 3600)
        return cls(code=category.code, name=category.name, handling_hours=hours)


@strawberry.type(description="A promised time.")
class Clock:
    """See `domain.clocks`."""

    kind: ClockKind = strawberry.field(description="What was promised.")
    started_at: datetime = strawberry.field(description="When it began to run.")
    at_risk_at: datetime = strawberry.field(description="When four fifths of the time are gone.")
    due_at: datetime = strawberry.field(description="When the time runs out.")
    stopped_at: datetime | None = strawberry.field(
        description="When the promise was kept or called off."
    )
    paused_seconds: int = strawberry.field(
        description="How long it did not count, a pause that still lasts included up to its end."
    )
    clock: strawberry.Private[clocks.Clock]

    @strawberry.field(description="How it stands at the moment of asking.")
    def state(self, info: Info) -> ClockState:
        """Ask the domain."""
        return ClockState(self.clock.state(info.context.application.now()).value)

    @classmethod
    def of(cls, clock: clocks.Clock) -> "Clock":
        """The graph's view of a clock."""
        return cls(
            kind=ClockKind(clock.kind.value),
            started_at=clock.started_at,
            at_risk_at=clock.at_risk_at,
            due_at=clock.due_at,
            stopped_at=clock.stopped_at,
            paused_seconds=sum(
                int((one.ends_at - one.started_at).total_seconds()) for one in clock.pauses
            ),
            clock=clock,
        )


@strawberry.type(description="Words by which danger is spotted in what people write.")
class HazardRule:
    """See `domain.hazard_rules`."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What the staff call it.")
    words: list[str] = strawberry.field(description="One of these must occur.")
    place_words: list[str] = strawberry.field(
        description="Where there are any, one of these must occur as well."
    )
    category: IssueCategory | None = strawberry.field(
        description="What an issue made by this rule is about; `other` where it says nothing."
    )

    @classmethod
    def of(cls, rule: hazard_rules.HazardRule) -> "HazardRule":
        """The graph's view of a rule."""
        category = categories.category_of(rule.category) if rule.category else None
        return cls(
            id=strawberry.ID(rule.id),
            name=rule.name,
            words=list(rule.words),
            place_words=list(rule.place_words),
            category=IssueCategory.of(category) if category else None,
        )


@strawberry.federation.type(
    keys=["id"], description="A comment on its way to becoming an issue, or not."
)
class Intake:
    """See `domain.intake.Intake`."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    state: IntakeState = strawberry.field(description="Where it stands.")
    source: IntakeSource = strawberry.field(description="How it reached us.")
    redacted_text: str = strawberry.field(description="Without phones, identity numbers, doors.")
    received_at: datetime = strawberry.field(description="When the channel received it.")
    edited_at: datetime | None = strawberry.field(description="When the person last changed it.")
    deleted_at: datetime | None = strawberry.field(
        description="When the person took it back; null again if it is shown after all."
    )
    replied_at: datetime | None = strawberry.field(description="When the first reply arrived.")
    replied_by: Account | None = strawberry.field(description="Who wrote the first reply.")
    reply_clock: Clock = strawberry.field(description="The day for the first reply.")
    accepted_at: datetime | None = strawberry.field(description="When it became an issue.")
    accepted_by: Account | None = strawberry.field(
        description="Who made it an issue; null where a hazard rule did."
    )
    hazard_rule_id: strawberry.ID | None = strawberry.field(
        description="The hazard rule that made it an issue."
    )
    issue_id: strawberry.ID | None = strawberry.field(
        description="The issue that it became; it follows within moments."
    )
    dismissed_at: datetime | None = strawberry.field(description="When it was closed.")
    dismissed_by: Account | None = strawberry.field(description="Who closed it.")
    dismissal_reason: DismissalReason | None = strawberry.field(description="Why it was closed.")
    comment: Comment | None = strawberry.field(description="What the person wrote, as typed.")
    reporter_joined: bool = strawberry.field(
        description="Whether it is known whose account it is of, so that progress can be told."
    )

    @classmethod
    def of(cls, kept: intake.Intake) -> "Intake":
        """The graph's view of an intake."""
        acceptance, dismissal = kept.acceptance, kept.dismissal
        return cls(
            id=strawberry.ID(kept.id),
            state=IntakeState(kept.state.value),
            source=IntakeSource(kept.source.value),
            redacted_text=kept.redacted_text,
            received_at=kept.received_at,
            edited_at=kept.edited_at,
            deleted_at=kept.deleted_at,
            replied_at=kept.first_reply.replied_at,
            replied_by=Account.of(kept.first_reply.replied_by),
            reply_clock=Clock.of(kept.first_reply.clock),
            accepted_at=acceptance.accepted_at if acceptance else None,
            accepted_by=Account.of(acceptance.accepted_by) if acceptance else None,
            hazard_rule_id=_id(acceptance.rule_id) if acceptance else None,
            issue_id=_id(acceptance.issue_id) if acceptance else None,
            dismissed_at=dismissal.dismissed_at if dismissal else None,
            dismissed_by=Account.of(dismissal.dismissed_by) if dismissal else None,
            dismissal_reason=DismissalReason(dismissal.reason.value) if dismissal else None,
            comment=Comment(id=strawberry.ID(kept.comment_id)),
            reporter_joined=kept.reporter is not None,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Intake | None":  # noqa: A002
        """Read it as a direct read would."""
        found = await info.context.load(loaders.intakes, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The issue that it became, once it is there.")
    async def issue(self, info: Info) -> "Issue | None":
        """Read together with the issues of the other items."""
        return await Issue.resolve_reference(info, self.issue_id) if self.issue_id else None


@strawberry.federation.type(keys=["id"], description="A matter that somebody works on.")
class Issue(IssueHistory):
    """See `domain.issue.Issue`; who reported it is in no field."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    state: IssueState = strawberry.field(description="Where it stands.")
    category: IssueCategory = strawberry.field(description="What it is about.")
    level: IssueLevel = strawberry.field(description="Who can solve it.")
    source: IntakeSource = strawberry.field(description="How it reached us.")
    redacted_text: str = strawberry.field(description="What it was made of, redacted.")
    public_text: str | None = strawberry.field(
        description="What everybody may read, once a person has confirmed it."
    )
    public_text_by: Account | None = strawberry.field(
        description="Who confirmed that everybody may read it."
    )
    place: str | None = strawberry.field(description="Where it is; never a door.")
    hazard: HazardState = strawberry.field(description="What is known of danger.")
    hazard_rule_id: strawberry.ID | None = strawberry.field(
        description="The hazard rule that proposed it."
    )
    hazard_found_at: datetime | None = strawberry.field(description="When danger was first named.")
    hazard_decided_at: datetime | None = strawberry.field(
        description="When a person confirmed or declined it."
    )
    hazard_decided_by: Account | None = strawberry.field(
        description="Who confirmed or declined it."
    )
    hazard_clock: Clock | None = strawberry.field(
        description="The two hours to somebody on the spot; null without a hazard."
    )
    handling_clock: Clock = strawberry.field(description="The time to its solution.")
    reported_at: datetime = strawberry.field(description="When the person reported it.")
    acknowledged_at: datetime | None = strawberry.field(description="When notice was taken.")
    acknowledged_by: Account | None = strawberry.field(description="Who took notice.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    comment: Comment | None = strawberry.field(description="What the person wrote, as typed.")
    reporter_joined: bool = strawberry.field(
        description="Whether it is known whose account it is of, so that progress can be told."
    )
    assignment: Assignment | None = strawberry.field(description="Who is to work on it.")
    started_at: datetime | None = strawberry.field(
        description="When somebody was on the spot for the first time."
    )
    started_by: Account | None = strawberry.field(description="Who that was.")
    rounds: list[CoordinationRound] = strawberry.field(
        description="Talks with outside parties by number, at most 100; staff's own notes."
    )
    waitings: list[Waiting] = strawberry.field(
        description="When outside parties had to move first, at most 100; the last may still last."
    )
    escalation: Escalation | None = strawberry.field(
        description="When it last went to another level."
    )
    resolution: Resolution | None = strawberry.field(
        description="What proved the work, the last time that it was done."
    )
    confirmation: Confirmation | None = strawberry.field(
        description="On whose word it is settled, once it is."
    )
    reopenings: int = strawberry.field(description="How often it went back to work.")
    reopening: Reopening | None = strawberry.field(description="When it last did.")
    rejection: Rejection | None = strawberry.field(description="Why nothing will be done.")
    duplication: Duplication | None = strawberry.field(description="Which issue it repeats.")
    intake_id: strawberry.Private[str]

    @classmethod
    def of(cls, kept: issue.Issue) -> "Issue":
        """The graph's view of an issue."""
        hazard = kept.hazard
        return cls(
            id=strawberry.ID(kept.id),
            state=IssueState(kept.state.value),
            category=IssueCategory.of(categories.category_of(kept.category)),
            level=IssueLevel(kept.level.value),
            source=IntakeSource(kept.source.value),
            redacted_text=kept.redacted_text,
            public_text=kept.public_text,
            public_text_by=Account.of(kept.public_text_by),
            place=kept.place,
            hazard=HazardState(hazard.state.value),
            hazard_rule_id=_id(hazard.rule_id),
            hazard_found_at=hazard.found_at,
            hazard_decided_at=hazard.decided_at,
            hazard_decided_by=Account.of(hazard.decided_by),
            hazard_clock=Clock.of(hazard.clock) if hazard.clock else None,
            handling_clock=Clock.of(kept.handling),
            reported_at=kept.reported_at,
            acknowledged_at=kept.acknowledged_at,
            acknowledged_by=Account.of(kept.acknowledged_by),
            updated_at=kept.updated_at,
            comment=Comment(id=strawberry.ID(kept.comment_id)),
            reporter_joined=kept.reporter is not None,
            assignment=Assignment.of(kept.assignment),
            started_at=kept.started_at,
            started_by=Account.of(kept.started_by),
            rounds=[CoordinationRound.of(each) for each in kept.rounds],
            waitings=[Waiting.of(each) for each in kept.waitings],
            escalation=Escalation.of(kept.escalation),
            resolution=Resolution.of(kept.resolution),
            confirmation=Confirmation.of(kept.confirmation),
            reopenings=kept.reopenings,
            reopening=Reopening.of(kept.reopening),
            rejection=Rejection.of(kept.rejection),
            duplication=Duplication.of(kept.duplication),
            intake_id=kept.intake_id,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Issue | None":  # noqa: A002
        """Read it as a direct read would."""
        found = await info.context.load(loaders.issues, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The intake that it was made of.")
    async def intake(self, info: Info) -> Intake | None:
        """Read together with the intakes of the other items."""
        return await Intake.resolve_reference(info, strawberry.ID(self.intake_id))


def _id(value: str | None) -> strawberry.ID | None:
    return None if value is None else strawberry.ID(value)

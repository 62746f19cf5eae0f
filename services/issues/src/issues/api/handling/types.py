"""The graph's types of the handling: parts of an issue, for those who work on it."""

from datetime import date, datetime

import strawberry

from issues.api.context import Info, actor_of
from issues.api.enums import IssueLevel
from issues.api.handling.enums import (
    ConfirmationVia,
    ConfirmedHow,
    PartyKind,
    PromiseOutcome,
    PromiseState,
)
from issues.api.stubs import Account
from issues.domain.china_days import day_of
from issues.domain.handling import decisions, rounds
from issues.domain.permissions import is_staff


@strawberry.type(description="Who is to work on an issue.")
class Assignment:
    """See `domain.handling.decisions.Assignment`."""

    assignees: list[Account] = strawberry.field(description="All of them, 1 to 10.")
    assigned_at: datetime = strawberry.field(description="Since when.")
    assigned_by: Account = strawberry.field(description="Who assigned it.")

    @classmethod
    def of(cls, kept: decisions.Assignment | None) -> "Assignment | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            assignees=[_account(each) for each in kept.assignee_ids],
            assigned_at=kept.assigned_at,
            assigned_by=_account(kept.assigned_by),
        )


@strawberry.type(description="What an outside party said that it would do.")
class Promise:
    """See `domain.handling.rounds.Promise`."""

    text: str = strawberry.field(description="What.")
    due_on: date = strawberry.field(description="By which day, in China.")
    outcome: PromiseOutcome | None = strawberry.field(
        description="What became of it; null while nobody has said."
    )
    outcome_at: datetime | None = strawberry.field(
        description="When it was kept, or seen to be broken."
    )
    settled_at: datetime | None = strawberry.field(description="When that was recorded.")
    settled_by: Account | None = strawberry.field(description="Who recorded it.")
    kept: strawberry.Private[rounds.Promise]

    @strawberry.field(description="How it stands today.")
    def state(self, info: Info) -> PromiseState:
        """Ask the domain."""
        today = day_of(info.context.application.now())
        return PromiseState(self.kept.state(today).value)

    @classmethod
    def of(cls, kept: rounds.Promise | None) -> "Promise | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        settlement = kept.settlement
        return cls(
            text=kept.text,
            due_on=kept.due_on,
            outcome=PromiseOutcome(settlement.outcome.value) if settlement else None,
            outcome_at=settlement.at if settlement else None,
            settled_at=settlement.settled_at if settlement else None,
            settled_by=Account.of(settlement.settled_by) if settlement else None,
            kept=kept,
        )


@strawberry.type(description="One talk with an outside party.")
class CoordinationRound:
    """See `domain.handling.rounds.CoordinationRound`."""

    number: int = strawberry.field(description="From 1 in its issue, without gaps.")
    party: str = strawberry.field(description="With whom.")
    party_kind: PartyKind = strawberry.field(description="What kind of party that is.")
    at: datetime = strawberry.field(description="When it was.")
    said: str = strawberry.field(description="What was said.")
    promise: Promise | None = strawberry.field(description="What was promised, if anything was.")
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    recorded_by: Account = strawberry.field(description="Who recorded it.")

    @classmethod
    def of(cls, kept: rounds.CoordinationRound) -> "CoordinationRound":
        """The graph's view."""
        return cls(
            number=kept.number,
            party=kept.party,
            party_kind=PartyKind(kept.party_kind.value),
            at=kept.at,
            said=kept.said,
            promise=Promise.of(kept.promise),
            recorded_at=kept.recorded_at,
            recorded_by=_account(kept.recorded_by),
        )


@strawberry.type(description="A time in which an outside party has to move; the clock rests.")
class Waiting:
    """See `domain.handling.decisions.Waiting`."""

    party_kind: PartyKind = strawberry.field(description="Who has to move.")
    reason: str = strawberry.field(description="Why.")
    started_at: datetime = strawberry.field(description="Since when.")
    started_by: Account = strawberry.field(description="Who said so.")
    until: datetime = strawberry.field(description="When it ends at the latest.")
    ended_at: datetime | None = strawberry.field(description="When it ended; null while it lasts.")
    ended_by: Account | None = strawberry.field(
        description="Who ended it before its time; null where it ran out."
    )

    @classmethod
    def of(cls, kept: decisions.Waiting) -> "Waiting":
        """The graph's view."""
        return cls(
            party_kind=PartyKind(kept.party_kind.value),
            reason=kept.reason,
            started_at=kept.started_at,
            started_by=_account(kept.started_by),
            until=kept.until,
            ended_at=kept.ended_at,
            ended_by=Account.of(kept.ended_by),
        )


@strawberry.type(description="Another level had to solve it.")
class Escalation:
    """See `domain.handling.decisions.Escalation`."""

    from_level: IssueLevel = strawberry.field(description="Who could not.")
    to_level: IssueLevel = strawberry.field(description="Who is to.")
    reason: str = strawberry.field(description="Why.")
    escalated_at: datetime = strawberry.field(description="When.")
    escalated_by: Account = strawberry.field(description="Who decided it.")

    @classmethod
    def of(cls, kept: decisions.Escalation | None) -> "Escalation | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            from_level=IssueLevel(kept.from_level),
            to_level=IssueLevel(kept.to_level),
            reason=kept.reason,
            escalated_at=kept.escalated_at,
            escalated_by=_account(kept.escalated_by),
        )


@strawberry.type(description="The work is done, and this proves it.")
class Resolution:
    """See `domain.handling.decisions.Resolution`."""

    note: str = strawberry.field(description="What was done, for everybody to read.")
    photo_ids: list[strawberry.ID] = strawberry.field(description="The photos that prove it.")
    in_time: bool = strawberry.field(description="Whether the handling clock had time left.")
    resolved_at: datetime = strawberry.field(description="When.")
    resolved_by: Account = strawberry.field(description="Who says so.")

    @classmethod
    def of(cls, kept: decisions.Resolution | None) -> "Resolution | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            note=kept.note,
            photo_ids=[strawberry.ID(each) for each in kept.photo_ids],
            in_time=kept.in_time,
            resolved_at=kept.resolved_at,
            resolved_by=_account(kept.resolved_by),
        )


@strawberry.type(description="The matter is settled.")
class Confirmation:
    """See `domain.handling.decisions.Confirmation`."""

    how: ConfirmedHow = strawberry.field(description="On whose word.")
    rating: int | None = strawberry.field(description="1 to 5; null by silence.")
    via: ConfirmationVia | None = strawberry.field(description="How the staff asked, if they did.")
    confirmed_at: datetime = strawberry.field(description="When.")
    confirmed_by: Account | None = strawberry.field(description="Who said so; null by silence.")
    kept: strawberry.Private[decisions.Confirmation]

    @strawberry.field(description="What the reporter added, for the staff alone; null to others.")
    def comment(self, info: Info) -> str | None:
        """Those who worked on it do not read it."""
        return self.kept.comment if is_staff(actor_of(info.context)) else None

    @classmethod
    def of(cls, kept: decisions.Confirmation | None) -> "Confirmation | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            how=ConfirmedHow(kept.how.value),
            rating=kept.rating,
            via=ConfirmationVia(kept.via.value) if kept.via else None,
            confirmed_at=kept.confirmed_at,
            confirmed_by=Account.of(kept.confirmed_by),
            kept=kept,
        )


@strawberry.type(description="It went back to work.")
class Reopening:
    """See `domain.handling.decisions.Reopening`."""

    reason: str = strawberry.field(description="Why.")
    by_reporter: bool = strawberry.field(description="Whether its reporter sent it back.")
    reopened_at: datetime = strawberry.field(description="When.")
    confirmation: Confirmation | None = strawberry.field(
        description="What had been said before that, if anything had."
    )

    @classmethod
    def of(cls, kept: decisions.Reopening | None) -> "Reopening | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            reason=kept.reason,
            by_reporter=kept.by_reporter,
            reopened_at=kept.reopened_at,
            confirmation=Confirmation.of(kept.confirmation),
        )


@strawberry.type(description="Nothing will be done.")
class Rejection:
    """See `domain.handling.decisions.Rejection`."""

    reason: str = strawberry.field(description="Why, for everybody to read.")
    rejected_at: datetime = strawberry.field(description="When.")
    rejected_by: Account = strawberry.field(description="Who decided it.")

    @classmethod
    def of(cls, kept: decisions.Rejection | None) -> "Rejection | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            reason=kept.reason,
            rejected_at=kept.rejected_at,
            rejected_by=_account(kept.rejected_by),
        )


@strawberry.type(description="It repeats another issue, which goes on.")
class Duplication:
    """See `domain.handling.decisions.Duplication`."""

    original_id: strawberry.ID = strawberry.field(description="The issue that it repeats.")
    marked_at: datetime = strawberry.field(description="When.")
    marked_by: Account = strawberry.field(description="Who decided it.")

    @classmethod
    def of(cls, kept: decisions.Duplication | None) -> "Duplication | None":
        """The graph's view, if there is one."""
        if kept is None:
            return None
        return cls(
            original_id=strawberry.ID(kept.original_id),
            marked_at=kept.marked_at,
            marked_by=_account(kept.marked_by),
        )


def _account(account_id: str) -> Account:
    return Account(id=strawberry.ID(account_id))

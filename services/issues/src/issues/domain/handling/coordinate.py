"""Rounds with outside parties are recorded, and their promises settled."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from issues.domain.china_days import day_of
from issues.domain.events import Event
from issues.domain.handling.errors import (
    OutcomeContradictsDate,
    PromiseAlreadySettled,
    PromiseBeforeRound,
    PromiseWithoutDate,
    RoundNotFound,
    RoundTimeInvalid,
    RoundWithoutPromise,
    SettlementTimeInvalid,
    TooManyRounds,
)
from issues.domain.handling.facts import record_of
from issues.domain.handling.party import PartyKind
from issues.domain.handling.rounds import (
    MAX_ROUNDS,
    CoordinationRound,
    Promise,
    PromiseOutcome,
    Settlement,
)
from issues.domain.handling.texts import checked_party, checked_text
from issues.domain.handling.work import handled_by, require_assigned
from issues.domain.issue import Issue

CLOCK_SKEW = timedelta(minutes=1)
"""How far the clock of who writes something down may run ahead of ours."""


class PromiseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A promise as somebody wrote it down; it may lack its date."""

    text: str
    due_on: date | None


class RoundDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A round as somebody wrote it down."""

    party: str
    party_kind: PartyKind
    at: datetime
    said: str
    promise: PromiseDraft | None


def record_round(
    issue: Issue, draft: RoundDraft, *, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Add a round under the next number.

    Raises: IssueClosed; IssueNotAssigned; TooManyRounds; PartyInvalid; TextInvalid;
        TextRevealsPerson; RoundTimeInvalid; PromiseWithoutDate; PromiseBeforeRound.
    Emits: coordination.recorded v1.
    """
    require_assigned(issue)
    if len(issue.rounds) >= MAX_ROUNDS:
        raise TooManyRounds
    if not issue.reported_at <= draft.at <= at + CLOCK_SKEW:
        raise RoundTimeInvalid
    held_at = min(draft.at, at)
    held = CoordinationRound(
        number=len(issue.rounds) + 1,
        party=checked_party(draft.party),
        party_kind=draft.party_kind,
        at=held_at,
        said=checked_text(draft.said),
        promise=_checked_promise(draft.promise, held_on=day_of(held_at)),
        recorded_at=at,
        recorded_by=by,
    )
    recorded = msgspec.structs.replace(handled_by(issue, by), rounds=(*issue.rounds, held)).as_of(
        at, public=not held.is_private
    )
    return recorded, (record_of(recorded, held),)


def settle_promise(
    issue: Issue, number: int, *, outcome: PromiseOutcome, settled: datetime, by: str, at: datetime
) -> tuple[Issue, Sequence[Event]]:
    """Say what became of a round's promise, once; also after the issue was closed.

    Args:
        settled: when the party did what it promised, or was seen not to.
    Raises: RoundNotFound; RoundWithoutPromise; PromiseAlreadySettled; SettlementTimeInvalid;
        OutcomeContradictsDate.
    Emits: coordination.recorded v1.
    """
    held = _round(issue, number)
    promise = held.promise
    if promise is None:
        raise RoundWithoutPromise
    if promise.settlement is not None:
        raise PromiseAlreadySettled
    if not held.at <= settled <= at + CLOCK_SKEW:
        raise SettlementTimeInvalid
    settled = min(settled, at)
    _check_outcome(outcome, in_time=day_of(settled) <= promise.due_on)
    settlement = Settlement(outcome=outcome, at=settled, settled_at=at, settled_by=by)
    kept = msgspec.structs.replace(
        held, promise=msgspec.structs.replace(promise, settlement=settlement)
    )
    after = msgspec.structs.replace(
        handled_by(issue, by),
        rounds=(*issue.rounds[: number - 1], kept, *issue.rounds[number:]),
    ).as_of(at, public=not held.is_private)
    return after, (record_of(after, kept),)


def _checked_promise(draft: PromiseDraft | None, *, held_on: date) -> Promise | None:
    if draft is None:
        return None
    if draft.due_on is None:
        raise PromiseWithoutDate
    if draft.due_on < held_on:
        raise PromiseBeforeRound
    return Promise(text=checked_text(draft.text), due_on=draft.due_on)


def _round(issue: Issue, number: int) -> CoordinationRound:
    if not 1 <= number <= len(issue.rounds):
        raise RoundNotFound
    return issue.rounds[number - 1]


def _check_outcome(outcome: PromiseOutcome, *, in_time: bool) -> None:
    # a party may say before its day that it will not come, so a broken promise has any date
    if outcome == (PromiseOutcome.LATE if in_time else PromiseOutcome.KEPT):
        raise OutcomeContradictsDate

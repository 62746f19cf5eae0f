"""Work with outside parties: rounds, promises, waits."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import date, datetime
from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from issues.api.context import HANDLERS, Info, actor_of, moment_of
from issues.api.errors import IssueNotFound
from issues.api.handling.enums import PartyKind, PromiseOutcome
from issues.api.handling.errors import (
    IssueClosed,
    IssueNotAssigned,
    IssueNotInProgress,
    IssueNotWaiting,
    OutcomeContradictsDate,
    PartyInvalid,
    PromiseAlreadySettled,
    PromiseBeforeRound,
    PromiseWithoutDate,
    RoundNotFound,
    RoundTimeInvalid,
    RoundWithoutPromise,
    SettlementTimeInvalid,
    TextInvalid,
    TextRevealsPerson,
    TooManyPauses,
    TooManyRounds,
    WaitInvalid,
)
from issues.api.handling.words import ISSUE, REASON
from issues.api.inputs import REQUEST_ID
from issues.api.types import Issue
from issues.domain.handling import party, rounds
from issues.domain.handling.coordinate import PromiseDraft, RoundDraft

_WHAT_TO_DO = strawberry.argument(description="What to do.")


@strawberry.input(description="What an outside party promised.")
class PromiseInput:
    """For `recordRound`."""

    text: str = strawberry.field(
        description="What, up to 500 characters; no phone, identity number or door. Not public."
    )
    due_on: date | None = strawberry.field(
        description="By which day in China; without one the round is refused.", default=None
    )


@strawberry.input(description="A talk with an outside party.")
class RecordRoundInput:
    """For `recordRound`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    party: str = strawberry.field(
        description="With whom, up to 60 characters; no phone, identity number or door. Not public."
    )
    party_kind: PartyKind = strawberry.field(description="What kind of party that is.")
    at: datetime = strawberry.field(description="When it was: after the report, not to come.")
    said: str = strawberry.field(
        description=(
            "What was said, up to 500 characters; no phone, identity number or door. Not public."
        )
    )
    promised: PromiseInput | None = strawberry.field(
        description="What the party promised, if it did.", default=None
    )


@strawberry.input(description="What became of a promise.")
class SettlePromiseInput:
    """For `settlePromise`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    round: int = strawberry.field(description="The number of the round.")
    outcome: PromiseOutcome = strawberry.field(description="What became of it.")
    at: datetime = strawberry.field(
        description="When it was kept, or seen to be broken: after the round, not to come."
    )


@strawberry.input(description="Who has to move first, why, and until when.")
class WaitForPartyInput:
    """For `waitForParty`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    party_kind: PartyKind = strawberry.field(description="Who has to move first.")
    reason: str = strawberry.field(description=REASON)
    until: datetime = strawberry.field(
        description="When the wait ends at the latest: after now, within a year."
    )


@strawberry.input(description="Which issue goes on.")
class ResumeIssueInput:
    """For `resumeIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)


@strawberry.type(description="The round is recorded, under the next number.")
class RecordRoundSuccess:
    """Of `recordRound`."""

    issue: Issue = strawberry.field(description="The issue after it.")


RecordRoundResult = Annotated[
    RecordRoundSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAssigned
    | TooManyRounds
    | PartyInvalid
    | TextInvalid
    | TextRevealsPerson
    | RoundTimeInvalid
    | PromiseWithoutDate
    | PromiseBeforeRound
    | RequestIdReused,
    strawberry.union("RecordRoundResult", description="What can come of recording a round."),
]


@strawberry.type(description="What became of the promise is recorded.")
class SettlePromiseSuccess:
    """Of `settlePromise`."""

    issue: Issue = strawberry.field(description="The issue after it.")


SettlePromiseResult = Annotated[
    SettlePromiseSuccess
    | IssueNotFound
    | RoundNotFound
    | RoundWithoutPromise
    | PromiseAlreadySettled
    | SettlementTimeInvalid
    | OutcomeContradictsDate
    | RequestIdReused,
    strawberry.union("SettlePromiseResult", description="What can come of settling a promise."),
]


@strawberry.type(description="The issue waits; its handling clock rests.")
class WaitForPartySuccess:
    """Of `waitForParty`."""

    issue: Issue = strawberry.field(description="The issue after it.")


WaitForPartyResult = Annotated[
    WaitForPartySuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAssigned
    | IssueNotInProgress
    | TooManyPauses
    | WaitInvalid
    | TextInvalid
    | TextRevealsPerson
    | RequestIdReused,
    strawberry.union("WaitForPartyResult", description="What can come of waiting for a party."),
]


@strawberry.type(description="The work goes on, and the clock with it.")
class ResumeIssueSuccess:
    """Of `resumeIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


ResumeIssueResult = Annotated[
    ResumeIssueSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAssigned
    | IssueNotWaiting
    | RequestIdReused,
    strawberry.union("ResumeIssueResult", description="What can come of going on with an issue."),
]


@strawberry.type(description="Work with outside parties.")
class CoordinationMutations:
    """Part of `Mutation`."""

    @strawberry.federation.mutation(
        description="Record a talk with an outside party, and what it promised.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def record_round(
        self, info: Info, input: Annotated[RecordRoundInput, _WHAT_TO_DO]
    ) -> RecordRoundResult | None:
        """By who is to work on it, or the staff."""
        draft = _draft_of(input)
        issue = await info.context.application.handling.record_round(
            actor_of(info.context),
            input.issue_id,
            draft,
            request=info.context.request_for(
                input.request_id,
                operation="recordRound",
                issue_id=input.issue_id,
                draft=draft,
            ),
        )
        return RecordRoundSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Say what became of a promise, once.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def settle_promise(
        self, info: Info, input: Annotated[SettlePromiseInput, _WHAT_TO_DO]
    ) -> SettlePromiseResult | None:
        """Also after the issue was closed."""
        outcome = rounds.PromiseOutcome(str(input.outcome.value))
        settled = moment_of(input.at, name="at")
        issue = await info.context.application.handling.settle_promise(
            actor_of(info.context),
            input.issue_id,
            input.round,
            outcome=outcome,
            settled=settled,
            request=info.context.request_for(
                input.request_id,
                operation="settlePromise",
                issue_id=input.issue_id,
                round=input.round,
                outcome=outcome,
                at=settled,
            ),
        )
        return SettlePromiseSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Wait for an outside party; the handling clock rests until then.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def wait_for_party(
        self, info: Info, input: Annotated[WaitForPartyInput, _WHAT_TO_DO]
    ) -> WaitForPartyResult | None:
        """The wait ends by itself."""
        party_kind = party.PartyKind(str(input.party_kind.value))
        until = moment_of(input.until, name="until")
        issue = await info.context.application.handling.wait_for_party(
            actor_of(info.context),
            input.issue_id,
            party_kind=party_kind,
            reason=input.reason,
            until=until,
            request=info.context.request_for(
                input.request_id,
                operation="waitForParty",
                issue_id=input.issue_id,
                party_kind=party_kind,
                reason=input.reason,
                until=until,
            ),
        )
        return WaitForPartySuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Go on before the wait has run out.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def resume_issue(
        self, info: Info, input: Annotated[ResumeIssueInput, _WHAT_TO_DO]
    ) -> ResumeIssueResult | None:
        """The clock runs on from now."""
        issue = await info.context.application.handling.resume_issue(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id,
                operation="resumeIssue",
                issue_id=input.issue_id,
            ),
        )
        return ResumeIssueSuccess(issue=Issue.of(issue))


def _draft_of(input: RecordRoundInput) -> RoundDraft:
    promise = input.promised
    return RoundDraft(
        party=input.party,
        party_kind=party.PartyKind(str(input.party_kind.value)),
        at=moment_of(input.at, name="at"),
        said=input.said,
        promise=PromiseDraft(text=promise.text, due_on=promise.due_on) if promise else None,
    )

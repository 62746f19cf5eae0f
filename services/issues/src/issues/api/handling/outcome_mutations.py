"""How an issue ends: resolved, confirmed, or not settled after all."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from issues.api.context import HANDLERS, REOPENERS, REPORTERS, STAFF, Info, actor_of
from issues.api.enums import IssueState
from issues.api.errors import IssueNotFound, PublicTextInvalid, PublicTextRevealsPerson
from issues.api.handling.enums import ConfirmationVia
from issues.api.handling.errors import (
    EvidenceMissing,
    EvidenceNotOfWork,
    EvidenceUnknown,
    HandlerMayNotRate,
    IssueAlreadyConfirmed,
    IssueClosed,
    IssueNotAssigned,
    IssueNotClosed,
    IssueNotInProgress,
    IssueNotResolved,
    NotTheReporter,
    RatingOutOfRange,
    ReopenTooLate,
    TextInvalid,
    TextRevealsPerson,
)
from issues.api.handling.words import ISSUE, REASON
from issues.api.inputs import REQUEST_ID
from issues.api.types import Issue
from issues.domain.handling.decisions import Via

_WHAT_TO_DO = strawberry.argument(description="What to do.")


@strawberry.input(description="What was done, and what proves it.")
class ResolveIssueInput:
    """For `resolveIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    note: str = strawberry.field(
        description=(
            "What was done, up to 500 characters; no phone, identity number or door. "
            "Everybody may read it."
        )
    )
    photo_ids: list[strawberry.ID] = strawberry.field(
        description=(
            "1 to 20 photos of this issue, by those who work on it, since the work began; "
            "everybody may see them."
        )
    )


@strawberry.input(description="How content the reporter is.")
class ConfirmIssueInput:
    """For `confirmIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    rating: int = strawberry.field(description="1 to 5, 5 the most content.")
    comment: str | None = strawberry.field(
        description=(
            "Anything else, up to 500 characters; no phone, identity number or door. "
            "For the staff alone."
        ),
        default=None,
    )


@strawberry.input(description="How content the reporter is, as asked by the staff.")
class ConfirmIssueOnBehalfInput:
    """For `confirmIssueOnBehalf`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    rating: int = strawberry.field(description="1 to 5, 5 the most content.")
    how: ConfirmationVia = strawberry.field(description="How the reporter was asked.")


@strawberry.input(description="Which issue is not settled after all, and why.")
class ReopenIssueInput:
    """For `reopenIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    reason: str = strawberry.field(description=REASON)


@strawberry.type(description="The issue is resolved; it waits for its reporter's word.")
class ResolveIssueSuccess:
    """Of `resolveIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


ResolveIssueResult = Annotated[
    ResolveIssueSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAssigned
    | IssueNotInProgress
    | EvidenceMissing
    | EvidenceUnknown
    | EvidenceNotOfWork
    | PublicTextInvalid
    | PublicTextRevealsPerson
    | RequestIdReused,
    strawberry.union("ResolveIssueResult", description="What can come of resolving an issue."),
]


@strawberry.type(description="The issue is settled.")
class ConfirmIssueSuccess:
    """Of `confirmIssue`."""

    issue_id: strawberry.ID = strawberry.field(description="The issue.")
    state: IssueState = strawberry.field(description="Where it stands now.")


ConfirmIssueResult = Annotated[
    ConfirmIssueSuccess
    | IssueNotFound
    | NotTheReporter
    | HandlerMayNotRate
    | IssueNotResolved
    | IssueAlreadyConfirmed
    | RatingOutOfRange
    | TextInvalid
    | TextRevealsPerson
    | RequestIdReused,
    strawberry.union("ConfirmIssueResult", description="What can come of confirming an issue."),
]


@strawberry.type(description="The issue is settled.")
class ConfirmIssueOnBehalfSuccess:
    """Of `confirmIssueOnBehalf`."""

    issue: Issue = strawberry.field(description="The issue after it.")


ConfirmIssueOnBehalfResult = Annotated[
    ConfirmIssueOnBehalfSuccess
    | IssueNotFound
    | HandlerMayNotRate
    | IssueNotResolved
    | IssueAlreadyConfirmed
    | RatingOutOfRange
    | RequestIdReused,
    strawberry.union(
        "ConfirmIssueOnBehalfResult", description="What can come of confirming for somebody."
    ),
]


@strawberry.type(description="The issue goes back to work.")
class ReopenIssueSuccess:
    """Of `reopenIssue`."""

    issue_id: strawberry.ID = strawberry.field(description="The issue.")
    state: IssueState = strawberry.field(description="Where it stands now.")
    reopenings: int = strawberry.field(description="How often it did so.")


ReopenIssueResult = Annotated[
    ReopenIssueSuccess
    | IssueNotFound
    | NotTheReporter
    | IssueNotClosed
    | ReopenTooLate
    | TextInvalid
    | TextRevealsPerson
    | RequestIdReused,
    strawberry.union("ReopenIssueResult", description="What can come of reopening an issue."),
]


@strawberry.type(description="How an issue ends.")
class OutcomeMutations:
    """Part of `Mutation`."""

    @strawberry.federation.mutation(
        description="Say that the work is done, with photos that prove it.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def resolve_issue(
        self, info: Info, input: Annotated[ResolveIssueInput, _WHAT_TO_DO]
    ) -> ResolveIssueResult | None:
        """The handling clock stops."""
        issue = await info.context.application.handling.resolve_issue(
            actor_of(info.context),
            input.issue_id,
            note=input.note,
            photo_ids=input.photo_ids,
            request=info.context.request_for(
                input.request_id,
                operation="resolveIssue",
                issue_id=input.issue_id,
                note=input.note,
                photo_ids=input.photo_ids,
            ),
        )
        return ResolveIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Say that one's own matter is settled, and how well.",
        authenticated=True,
        requires_scopes=REPORTERS,
    )
    async def confirm_issue(
        self, info: Info, input: Annotated[ConfirmIssueInput, _WHAT_TO_DO]
    ) -> ConfirmIssueResult | None:
        """By its reporter alone, once."""
        issue = await info.context.application.handling.confirm_issue(
            actor_of(info.context),
            input.issue_id,
            rating=input.rating,
            comment=input.comment,
            request=info.context.request_for(
                input.request_id,
                operation="confirmIssue",
                issue_id=input.issue_id,
                rating=input.rating,
                comment=input.comment,
            ),
        )
        return ConfirmIssueSuccess(
            issue_id=strawberry.ID(issue.id), state=IssueState(issue.state.value)
        )

    @strawberry.federation.mutation(
        description="Say what the reporter said; never by who had a part in the work.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def confirm_issue_on_behalf(
        self, info: Info, input: Annotated[ConfirmIssueOnBehalfInput, _WHAT_TO_DO]
    ) -> ConfirmIssueOnBehalfResult | None:
        """Counted apart."""
        via = Via(str(input.how.value))
        issue = await info.context.application.handling.confirm_issue_on_behalf(
            actor_of(info.context),
            input.issue_id,
            rating=input.rating,
            via=via,
            request=info.context.request_for(
                input.request_id,
                operation="confirmIssueOnBehalf",
                issue_id=input.issue_id,
                rating=input.rating,
                how=via,
            ),
        )
        return ConfirmIssueOnBehalfSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Send an issue back to work: its reporter within 7 days, staff at any time.",
        authenticated=True,
        requires_scopes=REOPENERS,
    )
    async def reopen_issue(
        self, info: Info, input: Annotated[ReopenIssueInput, _WHAT_TO_DO]
    ) -> ReopenIssueResult | None:
        """The clock runs on."""
        issue = await info.context.application.handling.reopen_issue(
            actor_of(info.context),
            input.issue_id,
            reason=input.reason,
            request=info.context.request_for(
                input.request_id,
                operation="reopenIssue",
                issue_id=input.issue_id,
                reason=input.reason,
            ),
        )
        return ReopenIssueSuccess(
            issue_id=strawberry.ID(issue.id),
            state=IssueState(issue.state.value),
            reopenings=issue.reopenings,
        )

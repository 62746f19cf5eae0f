"""Who works on an issue: assigned, begun, escalated; or closed without work."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from issues.api.context import HANDLERS, STAFF, Info, actor_of
from issues.api.enums import IssueLevel
from issues.api.errors import (
    IssueNotAcknowledged,
    IssueNotFound,
    PublicTextInvalid,
    PublicTextRevealsPerson,
)
from issues.api.handling.errors import (
    AssigneesInvalid,
    AssigneeUnknown,
    IssueAlreadyStarted,
    IssueClosed,
    IssueNotAssigned,
    IssueNotTriaged,
    LevelNotHigher,
    LevelUnchanged,
    OriginalUnknown,
    TextInvalid,
    TextRevealsPerson,
)
from issues.api.handling.words import ISSUE, REASON
from issues.api.inputs import REQUEST_ID
from issues.api.types import Issue
from issues.domain.issue import Level

_WHAT_TO_DO = strawberry.argument(description="What to do.")


@strawberry.input(description="Who is to work on which issue.")
class AssignIssueInput:
    """For `assignIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    assignee_ids: list[strawberry.ID] = strawberry.field(
        description="1 to 10 accounts that may handle matters: they take the place of those before."
    )


@strawberry.input(description="Which issue is begun.")
class StartIssueInput:
    """For `startIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)


@strawberry.input(description="Which level is to solve an issue, and why.")
class EscalateIssueInput:
    """For `escalateIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    level: IssueLevel = strawberry.field(description="Who is to solve it.")
    reason: str = strawberry.field(description=REASON)


@strawberry.input(description="Which issue is closed without work, and why.")
class RejectIssueInput:
    """For `rejectIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    reason: str = strawberry.field(
        description=(
            "Why, up to 500 characters; no phone, identity number or door. Everybody may read it."
        )
    )


@strawberry.input(description="Which issue repeats which.")
class MarkDuplicateInput:
    """For `markDuplicate`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description=ISSUE)
    duplicate_of: strawberry.ID = strawberry.field(description="The issue that goes on.")


@strawberry.type(description="The issue is assigned.")
class AssignIssueSuccess:
    """Of `assignIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


AssignIssueResult = Annotated[
    AssignIssueSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAcknowledged
    | IssueNotTriaged
    | AssigneesInvalid
    | AssigneeUnknown
    | RequestIdReused,
    strawberry.union("AssignIssueResult", description="What can come of assigning an issue."),
]


@strawberry.type(description="The work has begun.")
class StartIssueSuccess:
    """Of `startIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


StartIssueResult = Annotated[
    StartIssueSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAssigned
    | IssueAlreadyStarted
    | RequestIdReused,
    strawberry.union("StartIssueResult", description="What can come of beginning the work."),
]


@strawberry.type(description="The issue is at another level.")
class EscalateIssueSuccess:
    """Of `escalateIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


EscalateIssueResult = Annotated[
    EscalateIssueSuccess
    | IssueNotFound
    | IssueClosed
    | IssueNotAcknowledged
    | LevelNotHigher
    | LevelUnchanged
    | TextInvalid
    | TextRevealsPerson
    | RequestIdReused,
    strawberry.union("EscalateIssueResult", description="What can come of escalating an issue."),
]


@strawberry.type(description="The issue is rejected.")
class RejectIssueSuccess:
    """Of `rejectIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


RejectIssueResult = Annotated[
    RejectIssueSuccess
    | IssueNotFound
    | IssueClosed
    | PublicTextInvalid
    | PublicTextRevealsPerson
    | RequestIdReused,
    strawberry.union("RejectIssueResult", description="What can come of rejecting an issue."),
]


@strawberry.type(description="The issue is closed in favour of the other.")
class MarkDuplicateSuccess:
    """Of `markDuplicate`."""

    issue: Issue = strawberry.field(description="The issue after it.")


MarkDuplicateResult = Annotated[
    MarkDuplicateSuccess | IssueNotFound | IssueClosed | OriginalUnknown | RequestIdReused,
    strawberry.union("MarkDuplicateResult", description="What can come of marking a duplicate."),
]


@strawberry.type(description="Who works on an issue, and which end without work.")
class WorkMutations:
    """Part of `Mutation`."""

    @strawberry.federation.mutation(
        description="Say who is to work on an issue; again, to change it.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def assign_issue(
        self, info: Info, input: Annotated[AssignIssueInput, _WHAT_TO_DO]
    ) -> AssignIssueResult | None:
        """After it was triaged."""
        issue = await info.context.application.handling.assign_issue(
            actor_of(info.context),
            input.issue_id,
            assignee_ids=input.assignee_ids,
            request=info.context.request_for(
                input.request_id,
                operation="assignIssue",
                issue_id=input.issue_id,
                assignee_ids=input.assignee_ids,
            ),
        )
        return AssignIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Begin the work on the spot; the clock of a hazard stops.",
        authenticated=True,
        requires_scopes=HANDLERS,
    )
    async def start_issue(
        self, info: Info, input: Annotated[StartIssueInput, _WHAT_TO_DO]
    ) -> StartIssueResult | None:
        """By who is to work on it, or the staff."""
        issue = await info.context.application.handling.start_issue(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id,
                operation="startIssue",
                issue_id=input.issue_id,
            ),
        )
        return StartIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Hand an issue to another level, and say why.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def escalate_issue(
        self, info: Info, input: Annotated[EscalateIssueInput, _WHAT_TO_DO]
    ) -> EscalateIssueResult | None:
        """Up or down."""
        level = Level(str(input.level.value))
        issue = await info.context.application.handling.escalate_issue(
            actor_of(info.context),
            input.issue_id,
            level=level,
            reason=input.reason,
            request=info.context.request_for(
                input.request_id,
                operation="escalateIssue",
                issue_id=input.issue_id,
                level=level,
                reason=input.reason,
            ),
        )
        return EscalateIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Close an issue without work, and say why.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def reject_issue(
        self, info: Info, input: Annotated[RejectIssueInput, _WHAT_TO_DO]
    ) -> RejectIssueResult | None:
        """Its clocks stop."""
        issue = await info.context.application.handling.reject_issue(
            actor_of(info.context),
            input.issue_id,
            reason=input.reason,
            request=info.context.request_for(
                input.request_id,
                operation="rejectIssue",
                issue_id=input.issue_id,
                reason=input.reason,
            ),
        )
        return RejectIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Close an issue that repeats another.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def mark_duplicate(
        self, info: Info, input: Annotated[MarkDuplicateInput, _WHAT_TO_DO]
    ) -> MarkDuplicateResult | None:
        """Its clocks stop."""
        issue = await info.context.application.handling.mark_duplicate(
            actor_of(info.context),
            input.issue_id,
            original_id=input.duplicate_of,
            request=info.context.request_for(
                input.request_id,
                operation="markDuplicate",
                issue_id=input.issue_id,
                duplicate_of=input.duplicate_of,
            ),
        )
        return MarkDuplicateSuccess(issue=Issue.of(issue))

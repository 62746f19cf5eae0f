"""What can come of mutations."""

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from issues.api.errors import (
    CategoryUnknown,
    HazardAlreadyConfirmed,
    HazardAlreadyDeclined,
    HazardNotRaised,
    HazardRuleInvalid,
    HazardRuleNotFound,
    IntakeAlreadyAccepted,
    IntakeDismissed,
    IntakeNotFound,
    IssueAlreadyAcknowledged,
    IssueNotAcknowledged,
    IssueNotFound,
    PlaceTooLong,
    PublicTextInvalid,
    PublicTextRevealsPerson,
    ReplyPending,
    TooManyHazardRules,
)
from issues.api.handling.errors import (
    EscalationNeedsReason,
    IssueClosed,
    LevelNotHigher,
    TextInvalid,
    TextRevealsPerson,
)
from issues.api.types import HazardRule, Intake, Issue


@strawberry.type(description="The intake is accepted; its issue follows within moments.")
class OpenIssueSuccess:
    """Of `openIssue`."""

    intake: Intake = strawberry.field(description="The intake after it.")
    issue_id: strawberry.ID = strawberry.field(description="The issue's id.")


@strawberry.type(description="The intake is closed.")
class DismissIntakeSuccess:
    """Of `dismissIntake`."""

    intake: Intake = strawberry.field(description="The intake after it.")


@strawberry.type(description="The issue is acknowledged.")
class AcknowledgeIssueSuccess:
    """Of `acknowledgeIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


@strawberry.type(description="The issue is triaged.")
class TriageIssueSuccess:
    """Of `triageIssue`."""

    issue: Issue = strawberry.field(description="The issue after it.")


@strawberry.type(description="The hazard is confirmed.")
class ConfirmHazardSuccess:
    """Of `confirmHazard`."""

    issue: Issue = strawberry.field(description="The issue after it.")


@strawberry.type(description="The hazard is declined.")
class DeclineHazardSuccess:
    """Of `declineHazard`."""

    issue: Issue = strawberry.field(description="The issue after it.")


@strawberry.type(description="The rule is in force.")
class SetHazardRuleSuccess:
    """Of `setHazardRule`."""

    rule: HazardRule = strawberry.field(description="The rule after it.")


@strawberry.type(description="The rule is gone; what it made stays.")
class RemoveHazardRuleSuccess:
    """Of `removeHazardRule`."""

    rule_id: strawberry.ID = strawberry.field(description="The rule that went.")


OpenIssueResult = Annotated[
    OpenIssueSuccess
    | IntakeNotFound
    | IntakeAlreadyAccepted
    | IntakeDismissed
    | ReplyPending
    | CategoryUnknown
    | PublicTextInvalid
    | PublicTextRevealsPerson
    | RequestIdReused,
    strawberry.union("OpenIssueResult", description="What can come of opening an issue."),
]

DismissIntakeResult = Annotated[
    DismissIntakeSuccess
    | IntakeNotFound
    | IntakeAlreadyAccepted
    | IntakeDismissed
    | ReplyPending
    | RequestIdReused,
    strawberry.union("DismissIntakeResult", description="What can come of closing an intake."),
]

AcknowledgeIssueResult = Annotated[
    AcknowledgeIssueSuccess | IssueNotFound | IssueAlreadyAcknowledged | RequestIdReused,
    strawberry.union(
        "AcknowledgeIssueResult", description="What can come of acknowledging an issue."
    ),
]

TriageIssueResult = Annotated[
    TriageIssueSuccess
    | IssueNotFound
    | IssueNotAcknowledged
    | IssueClosed
    | EscalationNeedsReason
    | LevelNotHigher
    | CategoryUnknown
    | PublicTextInvalid
    | PublicTextRevealsPerson
    | PlaceTooLong
    | TextInvalid
    | TextRevealsPerson
    | RequestIdReused,
    strawberry.union("TriageIssueResult", description="What can come of triaging an issue."),
]

ConfirmHazardResult = Annotated[
    ConfirmHazardSuccess | IssueNotFound | IssueClosed | HazardAlreadyConfirmed | RequestIdReused,
    strawberry.union("ConfirmHazardResult", description="What can come of confirming a hazard."),
]

DeclineHazardResult = Annotated[
    DeclineHazardSuccess
    | IssueNotFound
    | HazardNotRaised
    | HazardAlreadyDeclined
    | RequestIdReused,
    strawberry.union("DeclineHazardResult", description="What can come of declining a hazard."),
]

SetHazardRuleResult = Annotated[
    SetHazardRuleSuccess
    | HazardRuleNotFound
    | HazardRuleInvalid
    | CategoryUnknown
    | TooManyHazardRules
    | RequestIdReused,
    strawberry.union("SetHazardRuleResult", description="What can come of setting a rule."),
]

RemoveHazardRuleResult = Annotated[
    RemoveHazardRuleSuccess | HazardRuleNotFound | RequestIdReused,
    strawberry.union("RemoveHazardRuleResult", description="What can come of removing a rule."),
]

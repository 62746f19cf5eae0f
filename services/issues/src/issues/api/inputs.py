"""What mutations are given."""

import strawberry

from issues.api.enums import DismissalReason, IssueLevel

REQUEST_ID = (
    "Your own name for this attempt, 1 to 100 characters; "
    "the same in a repeat gets the first outcome."
)
_CATEGORY = "The code of a category, see `issueCategories`."
_PUBLIC_TEXT = "What everybody may read, up to 500 characters; no phone, identity number or door."


@strawberry.input(description="Which intake becomes an issue, and what it is about.")
class OpenIssueInput:
    """For `openIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    intake_id: strawberry.ID = strawberry.field(description="The intake.")
    category: str = strawberry.field(description=_CATEGORY)
    hazard: bool = strawberry.field(
        description="Whether there is danger; then it need not be answered first.", default=False
    )
    public_text: str | None = strawberry.field(description=_PUBLIC_TEXT, default=None)


@strawberry.input(description="Which intake is closed, and why.")
class DismissIntakeInput:
    """For `dismissIntake`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    intake_id: strawberry.ID = strawberry.field(description="The intake.")
    reason: DismissalReason = strawberry.field(description="Why.")


@strawberry.input(description="Which issue is acknowledged.")
class AcknowledgeIssueInput:
    """For `acknowledgeIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.input(description="What an issue is about and who can solve it.")
class TriageIssueInput:
    """For `triageIssue`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")
    category: str = strawberry.field(description=_CATEGORY)
    level: IssueLevel = strawberry.field(description="Who can solve it.")
    level_reason: str | None = strawberry.field(
        description=(
            "Why a higher level than before has to solve it, 1 to 500 characters; "
            "needed where the level rises, and for the staff alone."
        ),
        default=None,
    )
    public_text: str | None = strawberry.field(
        description=f"{_PUBLIC_TEXT} Left out, it stays as it was.", default=None
    )
    place: str | None = strawberry.field(
        description=(
            "Where it is, up to 100 characters, never a door. "
            "Left out, it stays as it was; empty takes it away."
        ),
        default=None,
    )


@strawberry.input(description="In which issue there is danger.")
class ConfirmHazardInput:
    """For `confirmHazard`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.input(description="In which issue there is no danger.")
class DeclineHazardInput:
    """For `declineHazard`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    issue_id: strawberry.ID = strawberry.field(description="The issue.")


@strawberry.input(description="A hazard rule as it shall be.")
class SetHazardRuleInput:
    """For `setHazardRule`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    rule_id: strawberry.ID | None = strawberry.field(
        description="The rule to be replaced; left out, a new one is added.", default=None
    )
    name: str = strawberry.field(description="What the staff call it, up to 30 characters.")
    words: list[str] = strawberry.field(
        description="One of these must occur; 1 to 50 of at most 20 characters."
    )
    place_words: list[str] = strawberry.field(
        description="Where there are any, one of these must occur as well; at most 50.",
        default_factory=list,
    )
    category: str | None = strawberry.field(
        description=f"{_CATEGORY} What an issue made by this rule is about.", default=None
    )


@strawberry.input(description="Which hazard rule goes.")
class RemoveHazardRuleInput:
    """For `removeHazardRule`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    rule_id: strawberry.ID = strawberry.field(description="The rule.")

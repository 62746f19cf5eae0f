"""Who may do what with matters. A role that is not named here may not."""

from enum import StrEnum

import msgspec

_STAFF = frozenset({"clerk", "secretary"})
_SECRETARY = frozenset({"secretary"})


class Operation(StrEnum):
    """Everything that a person can ask of issues. The names are those of the graph."""

    INBOX = "inbox"
    INTAKE = "intake"
    ISSUES = "issues"
    ISSUE = "issue"
    ISSUE_CATEGORIES = "issueCategories"
    HAZARD_RULES = "hazardRules"
    ISSUE_FIGURES = "Community.issueFigures"
    OPEN_ISSUE = "openIssue"
    DISMISS_INTAKE = "dismissIntake"
    ACKNOWLEDGE_ISSUE = "acknowledgeIssue"
    TRIAGE_ISSUE = "triageIssue"
    CONFIRM_HAZARD = "confirmHazard"
    DECLINE_HAZARD = "declineHazard"
    SET_HAZARD_RULE = "setHazardRule"
    REMOVE_HAZARD_RULE = "removeHazardRule"
    ISSUE_UPDATED = "issueUpdated"


ALLOWED: dict[Operation, frozenset[str]] = {
    Operation.INBOX: _STAFF,
    Operation.INTAKE: _STAFF,
    Operation.ISSUES: _STAFF,
    Operation.ISSUE: _STAFF,
    Operation.ISSUE_CATEGORIES: _STAFF,
    Operation.HAZARD_RULES: _STAFF,
    Operation.ISSUE_FIGURES: _STAFF,
    Operation.OPEN_ISSUE: _STAFF,
    Operation.DISMISS_INTAKE: _STAFF,
    Operation.ACKNOWLEDGE_ISSUE: _STAFF,
    Operation.TRIAGE_ISSUE: _STAFF,
    Operation.CONFIRM_HAZARD: _STAFF,
    Operation.DECLINE_HAZARD: _STAFF,
    Operation.SET_HAZARD_RULE: _SECRETARY,
    Operation.REMOVE_HAZARD_RULE: _SECRETARY,
    Operation.ISSUE_UPDATED: _STAFF,
}


class Actor(msgspec.Struct, frozen=True):
    """Who asks: an account, in the one community that its login names."""

    account_id: str
    community_id: str
    roles: frozenset[str]


def may(actor: Actor, operation: Operation) -> bool:
    """Whether any of the actor's roles allows the operation."""
    return not ALLOWED[operation].isdisjoint(actor.roles)

"""Who may do what with matters. A role that is not named here may not."""

from enum import StrEnum

import msgspec

_STAFF = frozenset({"clerk", "secretary"})
_SECRETARY = frozenset({"secretary"})
HANDLERS = _STAFF | {"steward", "partner"}
"""The roles whose holders can be given an issue."""
_MEMBERS = HANDLERS | {"resident"}
_REPORTERS = frozenset({"resident"})


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
    ASSIGNED_ISSUES = "assignedIssues"
    ASSIGN_ISSUE = "assignIssue"
    START_ISSUE = "startIssue"
    RECORD_ROUND = "recordRound"
    SETTLE_PROMISE = "settlePromise"
    WAIT_FOR_PARTY = "waitForParty"
    RESUME_ISSUE = "resumeIssue"
    ESCALATE_ISSUE = "escalateIssue"
    RESOLVE_ISSUE = "resolveIssue"
    CONFIRM_ISSUE = "confirmIssue"
    CONFIRM_ISSUE_ON_BEHALF = "confirmIssueOnBehalf"
    REOPEN_ISSUE = "reopenIssue"
    REJECT_ISSUE = "rejectIssue"
    MARK_DUPLICATE = "markDuplicate"
    CREATE_PHOTO_UPLOAD = "createPhotoUpload"
    PUBLIC_ISSUE = "publicIssue"
    PUBLIC_ISSUES = "publicIssues"
    MY_ISSUES = "myIssues"
    FOLLOW_ISSUE = "followIssue"
    UNFOLLOW_ISSUE = "unfollowIssue"


ALLOWED: dict[Operation, frozenset[str]] = {
    Operation.INBOX: _STAFF,
    Operation.INTAKE: _STAFF,
    Operation.ISSUES: _STAFF,
    Operation.ISSUE: HANDLERS,
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
    Operation.ASSIGNED_ISSUES: HANDLERS,
    Operation.ASSIGN_ISSUE: _STAFF,
    Operation.START_ISSUE: HANDLERS,
    Operation.RECORD_ROUND: HANDLERS,
    Operation.SETTLE_PROMISE: HANDLERS,
    Operation.WAIT_FOR_PARTY: HANDLERS,
    Operation.RESUME_ISSUE: HANDLERS,
    Operation.ESCALATE_ISSUE: _STAFF,
    Operation.RESOLVE_ISSUE: HANDLERS,
    Operation.CONFIRM_ISSUE: _REPORTERS,
    Operation.CONFIRM_ISSUE_ON_BEHALF: _STAFF,
    Operation.REOPEN_ISSUE: _STAFF | _REPORTERS,
    Operation.REJECT_ISSUE: _STAFF,
    Operation.MARK_DUPLICATE: _STAFF,
    Operation.CREATE_PHOTO_UPLOAD: _MEMBERS,
    Operation.PUBLIC_ISSUE: _MEMBERS,
    Operation.PUBLIC_ISSUES: _MEMBERS,
    Operation.MY_ISSUES: _MEMBERS,
    Operation.FOLLOW_ISSUE: _MEMBERS,
    Operation.UNFOLLOW_ISSUE: _MEMBERS,
}


class Actor(msgspec.Struct, frozen=True):
    """Who asks: an account, in the one community that its login names."""

    account_id: str
    community_id: str
    roles: frozenset[str]


def may(actor: Actor, operation: Operation) -> bool:
    """Whether any of the actor's roles allows the operation."""
    return not ALLOWED[operation].isdisjoint(actor.roles)


def may_handle(actor: Actor) -> bool:
    """Whether the actor is somebody to whom issues are assigned, at present."""
    return not HANDLERS.isdisjoint(actor.roles)


def is_staff(actor: Actor) -> bool:
    """Whether every issue of the community is within reach of the actor."""
    return not _STAFF.isdisjoint(actor.roles)

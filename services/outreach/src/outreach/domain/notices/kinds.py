"""What people are told of, and by which of the mini-program's templates."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened."""

    ISSUE_ACKNOWLEDGED = "issue_acknowledged"
    ISSUE_ASSIGNED = "issue_assigned"
    ISSUE_STARTED = "issue_started"
    ISSUE_WAITING = "issue_waiting"
    ISSUE_RESUMED = "issue_resumed"
    ISSUE_ESCALATED = "issue_escalated"
    ISSUE_REJECTED = "issue_rejected"
    ISSUE_DUPLICATE = "issue_duplicate"
    ROUND_RECORDED = "round_recorded"
    PROMISE_SETTLED = "promise_settled"
    ISSUE_RESOLVED = "issue_resolved"
    ISSUE_CONFIRMED = "issue_confirmed"
    ISSUE_REOPENED = "issue_reopened"
    VOUCHER_CLAIMED = "voucher_claimed"
    VOUCHER_REDEEMED = "voucher_redeemed"
    VOUCHER_REVERSED = "voucher_reversed"
    VOUCHER_EXPIRED = "voucher_expired"


class Template(StrEnum):
    """A template of one-time subscriptions that the mini-program has at WeChat."""

    ISSUE_PROGRESS = "issue_progress"
    VOUCHER = "voucher"


VOUCHER_KINDS = frozenset(
    {
        NoticeKind.VOUCHER_CLAIMED,
        NoticeKind.VOUCHER_REDEEMED,
        NoticeKind.VOUCHER_REVERSED,
        NoticeKind.VOUCHER_EXPIRED,
    }
)


def template_of(kind: NoticeKind) -> Template:
    """By which template a person is told of this on their phone."""
    return Template.VOUCHER if kind in VOUCHER_KINDS else Template.ISSUE_PROGRESS

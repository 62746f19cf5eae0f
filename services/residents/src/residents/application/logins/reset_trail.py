"""What the audit trail says of a reset: who asked, who approved, that it was done."""

from datetime import datetime

from residents.application.privacy.ports import AuditAct, AuditAction
from residents.domain.account import Account

_PURPOSE = "LOST_CREDENTIALS"
_STEPS = {
    AuditAction.CREDENTIALS_RESET_REQUESTED: "requested",
    AuditAction.CREDENTIALS_RESET_APPROVED: "approved",
    AuditAction.CREDENTIALS_RESET: "done",
}


def act_of_reset(
    account: Account, reset_id: str, action: AuditAction, *, by: str, at: datetime
) -> AuditAct:
    """A step of a reset; the same step by the same person is one act.

    Args:
        account: whose credentials are reset.
        by: the account of who takes the step, or who the command line stands for.
    """
    return AuditAct(
        community_id=account.community_id,
        actor_account_id=by,
        action=action,
        subject=account.id,
        purpose=_PURPOSE,
        source_id=f"{reset_id}:{_STEPS[action]}:{by}",
        at=at,
    )

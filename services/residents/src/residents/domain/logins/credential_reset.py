"""A reset of somebody's password and TOTP secret, for which it takes two people."""

from datetime import datetime, timedelta

import msgspec

APPROVAL_WITHIN = timedelta(hours=24)
CODE_LIFETIME = timedelta(hours=24)


class ResetCode(msgspec.Struct, frozen=True):
    """A one-time secret by which the person sets a new password.

    Attributes:
        approved_by: the account of the second person, or who the command line stands for.
        secret_hash: all that is kept of the secret.
        attempt: the number of the last completion begun; only the last begun may finish.
    """

    approved_by: str
    approved_at: datetime
    secret_hash: str
    expires_at: datetime
    attempt: int = 0


class CredentialReset(msgspec.Struct, frozen=True, kw_only=True):
    """requested → approved → done, and gone.

    Attributes:
        code: None until the second person has approved.
    """

    id: str
    requested_by: str
    requested_at: datetime
    code: ResetCode | None = None

    def waits_at(self, at: datetime) -> bool:
        """Whether a second person may still approve it."""
        return self.code is None and at < self.requested_at + APPROVAL_WITHIN

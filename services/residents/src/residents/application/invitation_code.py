"""The code by which an invited person takes their account."""

from collections.abc import Callable

import msgspec

from residents.domain.errors import InvitationInvalid

InvitationSecret = Callable[[str], str]
"""The secret of an account's invitation: a keyed hash of its id, so that a repeated request is
answered with the same code although the store keeps only the code's fingerprint."""

_PARTS = 3


def issue_name(account_id: str, issue: int) -> str:
    """What the secret of an invitation's n-th issue derives from; the first is 0."""
    return account_id if issue == 0 else f"{account_id}#{issue}"


class InvitationCode(msgspec.Struct, frozen=True):
    """Says which account it opens, so that nothing has to be searched."""

    community_id: str
    account_id: str
    secret: str

    @classmethod
    def parse(cls, text: str) -> "InvitationCode":
        """Raises: InvitationInvalid."""
        parts = text.strip().split(".")
        if len(parts) != _PARTS:
            raise InvitationInvalid
        return cls(*parts)

    def __str__(self) -> str:
        return f"{self.community_id}.{self.account_id}.{self.secret}"

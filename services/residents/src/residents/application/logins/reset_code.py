"""The code by which a person sets new credentials after a reset."""

import msgspec

from residents.domain.logins.errors import ResetCodeInvalid

_PARTS = 3
_KIND = "reset"


class ResetCodeText(msgspec.Struct, frozen=True):
    """Says which account it opens, so that nothing has to be searched."""

    community_id: str
    account_id: str
    secret: str

    @classmethod
    def parse(cls, text: str) -> "ResetCodeText":
        """Raises: ResetCodeInvalid."""
        kind, _, rest = text.strip().partition(".")
        parts = rest.split(".")
        if kind != _KIND or len(parts) != _PARTS:
            raise ResetCodeInvalid
        return cls(*parts)

    def __str__(self) -> str:
        return f"{_KIND}.{self.community_id}.{self.account_id}.{self.secret}"

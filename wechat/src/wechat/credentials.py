"""As whom WeChat is called."""

import hashlib

import msgspec


class AppCredentials(msgspec.Struct, frozen=True):
    """What WeChat gave the owner of an official account or of a mini-program.

    Attributes:
        app_id: WeChat's public name for it.
        app_secret: buys access tokens, and is not shown by `repr`.
    """

    app_id: str
    app_secret: str

    def __repr__(self) -> str:
        """The public name alone: this may end in a log."""
        return f"AppCredentials(app_id={self.app_id!r})"


class Holder(msgspec.Struct, frozen=True):
    """Whose a token is: an AppID is public, so only with the secret does it name somebody."""

    app_id: str
    secret_digest: bytes

    @classmethod
    def of(cls, app: AppCredentials) -> "Holder":
        """The holder of these credentials."""
        return cls(app.app_id, hashlib.sha256(app.app_secret.encode()).digest())

"""A session: one login of one account, until it expires or is revoked."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from residents.domain.errors import SessionEnded
from residents.domain.events import Event, SessionRevoked
from residents.domain.fingerprint import fingerprint, matches
from residents.domain.login import GLOBAL, AccountRef

SESSION_LIFETIME = timedelta(hours=12)
ACCESS_TOKEN_LIFETIME = timedelta(minutes=10)


class Client(StrEnum):
    """What a person works with; the token says it."""

    CONSOLE = "console"
    MINIPROGRAM = "miniprogram"
    PORTAL = "portal"
    TILL = "till"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session.

    A refresh token has two secrets: one of the session, which stays, and one of its own, which
    is replaced each time. Who shows the first with an old second holds a copy: the session ends.
    Who knows neither changes nothing.
    """

    id: str
    account: AccountRef
    client: Client
    session_secret_hash: str
    refresh_secret_hash: str
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    community_id: str = GLOBAL
    version: int = 0

    @classmethod
    def start(
        cls, session_id: str, *, account: AccountRef, client: Client, session_secret: str,
        refresh_secret: str, at: datetime, lifetime: timedelta = SESSION_LIFETIME,
    ) -> "Session":  # fmt: skip
        """Begin a session."""
        return cls(
            id=session_id,
            account=account,
            client=client,
            session_secret_hash=fingerprint(session_secret),
            refresh_secret_hash=fingerprint(refresh_secret),
            created_at=at,
            refreshed_at=at,
            expires_at=at + lifetime,
        )

    def tokens_end_at(self, at: datetime) -> datetime:
        """When an access token issued now expires."""
        return min(at + ACCESS_TOKEN_LIFETIME, self.expires_at)

    def refresh(
        self, *, session_secret: str, old_secret: str, new_secret: str, at: datetime
    ) -> tuple["Session", tuple[Event, ...]]:
        """Replace the refresh token's secret; a token used before revokes the session.

        Raises: SessionEnded.
        Emits: session.revoked v1 on reuse.
        """
        if self.has_ended(at) or not matches(session_secret, self.session_secret_hash):
            raise SessionEnded
        if not matches(old_secret, self.refresh_secret_hash):
            return self.revoke(at)
        refreshed = msgspec.structs.replace(
            self, refresh_secret_hash=fingerprint(new_secret), refreshed_at=at
        )
        return refreshed, ()

    def has_ended(self, at: datetime) -> bool:
        """Whether it was revoked or has expired."""
        return self.revoked_at is not None or at >= self.expires_at

    def revoke(self, at: datetime) -> tuple["Session", tuple[Event, ...]]:
        """End it; once is enough, and the first time stands.

        Emits: session.revoked v1.
        """
        if self.revoked_at is not None:
            return self, ()
        event = SessionRevoked(self.id, at, self.account.community_id)
        return msgspec.structs.replace(self, revoked_at=at), (event,)

"""What somebody holds who has logged in: an access token, and a token to get the next one."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from residents.application.ports import AccessClaims, AccessTokens
from residents.domain.account import Account
from residents.domain.errors import SessionEnded
from residents.domain.session import Session

_PARTS = 3


class RefreshToken(msgspec.Struct, frozen=True):
    """A refresh token: where its session is, the session's secret and its own."""

    session_id: str
    session_secret: str
    own_secret: str

    @classmethod
    def parse(cls, text: str) -> "RefreshToken":
        """Raises: SessionEnded."""
        parts = text.split(".")
        if len(parts) != _PARTS:
            raise SessionEnded
        return cls(*parts)

    def __str__(self) -> str:
        return f"{self.session_id}.{self.session_secret}.{self.own_secret}"


class LoggedIn(msgspec.Struct, frozen=True):
    """The outcome of a login or a refresh; it is given once and never replayed."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    account: Account


@dataclass(frozen=True)
class TokenPairs:
    """Makes the pair for a session."""

    access_tokens: AccessTokens

    async def of(
        self, session: Session, account: Account, refresh_token: RefreshToken, at: datetime
    ) -> LoggedIn:
        """Sign an access token that says what the account may do now.

        It ends with the first term of a role that it names.
        """
        roles = account.roles_in_force(at)
        terms = [grant.until for grant in roles if grant.until is not None]
        expires_at = min([session.tokens_end_at(at), *terms])
        access_token = await self.access_tokens.issue(
            AccessClaims(
                account=session.account,
                session_id=session.id,
                client=session.client,
                roles=roles,
                issued_at=at,
                expires_at=expires_at,
            )
        )
        return LoggedIn(access_token, str(refresh_token), expires_at, account)

"""Exchange a refresh token for the next pair of tokens."""

from dataclasses import dataclass

from residents.application.ports import Accounts, NewSecret, Now, Sessions
from residents.application.token_pair import LoggedIn, RefreshToken, TokenPairs
from residents.domain.errors import SessionEnded, SessionNotFound
from residents.domain.login import GLOBAL
from residents.domain.session import Session


@dataclass(frozen=True)
class RefreshSession:
    """A refresh token is good once."""

    sessions: Sessions
    accounts: Accounts
    token_pairs: TokenPairs
    new_secret: NewSecret
    now: Now

    async def __call__(self, refresh_token: str) -> LoggedIn:
        """Replace the refresh token; a used one ends the session for whoever holds a copy.

        Raises: SessionEnded.
        Emits: session.revoked v1 on reuse, or when the account is no longer active.
        """
        at = self.now()
        shown = RefreshToken.parse(refresh_token)
        following = RefreshToken(shown.session_id, shown.session_secret, self.new_secret())
        session = await self._refreshed(shown, following)
        account = await self.accounts.get(session.account.community_id, session.account.account_id)
        if not account.is_active:
            await self.sessions.change(GLOBAL, session.id, lambda session: session.revoke(at))
            raise SessionEnded
        return await self.token_pairs.of(session, account, following, at)

    async def _refreshed(self, shown: RefreshToken, following: RefreshToken) -> Session:
        at = self.now()
        try:
            session = await self.sessions.change(
                GLOBAL,
                shown.session_id,
                lambda session: session.refresh(
                    session_secret=shown.session_secret,
                    old_secret=shown.own_secret,
                    new_secret=following.own_secret,
                    at=at,
                ),
            )
        except SessionNotFound:
            raise SessionEnded from None
        if session.has_ended(at):
            raise SessionEnded
        return session

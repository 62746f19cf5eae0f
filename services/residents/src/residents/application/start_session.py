"""Begin a session for somebody who has proven who they are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from residents.application.ports import NewSecret, Now, Sessions
from residents.application.token_pair import LoggedIn, RefreshToken, TokenPairs
from residents.domain.account import Account
from residents.domain.login import GLOBAL, AccountRef
from residents.domain.session import Client, Session

StillMay = Callable[[], Awaitable[Account | None]]
"""Reads the account again; None when what was proven no longer opens it."""


@dataclass(frozen=True)
class StartSession:
    """Who is shut out while logging in had no such session to be ended yet: it is looked twice."""

    sessions: Sessions
    token_pairs: TokenPairs
    new_secret: NewSecret
    now: Now

    async def __call__(
        self, session_id: str, account: AccountRef, client: Client, still_may: StillMay
    ) -> LoggedIn | None:
        """Begin it. Returns: None when the account no longer opens; the session has ended then."""
        at = self.now()
        token = RefreshToken(session_id, self.new_secret(), self.new_secret())
        session = await self.sessions.add(
            Session.start(
                session_id,
                account=account,
                client=client,
                session_secret=token.session_secret,
                refresh_secret=token.own_secret,
                at=at,
            )
        )
        opened = await still_may()
        if opened is None:
            await self.sessions.change(GLOBAL, session.id, lambda started: started.revoke(at))
            return None
        return await self.token_pairs.of(session, opened, token, at)

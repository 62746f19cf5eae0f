"""Sessions: who is logged in where."""

from dataclasses import dataclass

from residents.application.authorisation import demand
from residents.application.ports import Accounts, Cursor, Now, SessionPage, Sessions
from residents.domain.errors import AccountNotFound
from residents.domain.login import AccountRef
from residents.domain.logins.permissions import MY_SESSIONS, SESSIONS_OF
from residents.domain.roles import Actor
from residents.domain.session import SESSION_LIFETIME


@dataclass(frozen=True)
class ListSessions:
    """The sessions that stand. Neither an address nor a secret is kept with them."""

    accounts: Accounts
    sessions: Sessions
    now: Now

    async def own(self, actor: Actor, *, first: int, after: Cursor | None) -> SessionPage:
        """The caller's, the newest first. Raises: Forbidden."""
        demand(actor, MY_SESSIONS)
        mine = AccountRef(actor.community_id, actor.account_id)
        return await self._of(mine, first=first, after=after)

    async def of_account(
        self, actor: Actor, account_id: str, *, first: int, after: Cursor | None
    ) -> SessionPage | None:
        """Those of an account that the actor leads; None for any other. Raises: Forbidden."""
        demand(actor, SESSIONS_OF)
        try:
            account = await self.accounts.get(actor.community_id, account_id)
        except AccountNotFound:
            return None
        if not account.is_led_by(actor):
            return None
        ref = AccountRef(account.community_id, account.id)
        return await self._of(ref, first=first, after=after)

    async def _of(self, account: AccountRef, *, first: int, after: Cursor | None) -> SessionPage:
        """A session lives as long as every other: what began earlier has expired."""
        oldest = self.now() - SESSION_LIFETIME
        return await self.sessions.begun_since(account, oldest, first=first, after=after)

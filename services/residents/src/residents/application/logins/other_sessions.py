"""Sessions: who is logged in where, and ending all but the one at hand."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Accounts, Cursor, Now, SessionPage, Sessions
from residents.domain.errors import AccountNotFound
from residents.domain.events import Event
from residents.domain.login import GLOBAL, AccountRef
from residents.domain.logins.permissions import MY_SESSIONS, REVOKE_OTHER_SESSIONS, SESSIONS_OF
from residents.domain.roles import Actor
from residents.domain.session import SESSION_LIFETIME, Session


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
        """Those of an account of the community; None for an unknown one. Raises: Forbidden."""
        demand(actor, SESSIONS_OF)
        try:
            account = await self.accounts.get(actor.community_id, account_id)
        except AccountNotFound:
            return None
        ref = AccountRef(account.community_id, account.id)
        return await self._of(ref, first=first, after=after)

    async def _of(self, account: AccountRef, *, first: int, after: Cursor | None) -> SessionPage:
        """A session lives as long as every other: what began earlier has expired."""
        oldest = self.now() - SESSION_LIFETIME
        return await self.sessions.begun_since(account, oldest, first=first, after=after)


@dataclass(frozen=True)
class EndOtherSessions:
    """One write a session."""

    sessions: Sessions
    now: Now

    async def __call__(self, actor: Actor, *, request: Request | None = None) -> list[Session]:
        """End all but the one that the actor acts from. Emits: session.revoked v1 for each."""
        at = self.now()

        def revoke(session: Session) -> tuple[Session, tuple[Event, ...]]:
            return session.revoke(at)

        standing = await self.sessions.standing_of(actor.account_id)
        return [
            await self.sessions.change(GLOBAL, session.id, revoke, request=request)
            for session in standing
            if session.id != actor.session_id
        ]


@dataclass(frozen=True)
class RevokeOtherSessions:
    """For who left themselves logged in somewhere."""

    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, *, request: Request) -> int:
        """How many this request found and ended; a repeat finds those that began since.

        Raises: Forbidden; RequestIdReused.
        Emits: session.revoked v1 for each.
        """
        demand(actor, REVOKE_OTHER_SESSIONS)
        return len(await self.end_others(actor, request=request))

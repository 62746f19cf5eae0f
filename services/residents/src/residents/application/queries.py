"""What can be read, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.errors import Forbidden

from residents.application.authorisation import demand
from residents.application.ports import AccountPage, Accounts, Communities, Cursor, Now, Sessions
from residents.domain.account import Account
from residents.domain.community import Community
from residents.domain.permissions import COMMUNITY, ME, READ_ACCOUNTS, may
from residents.domain.roles import Actor
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Session


@dataclass(frozen=True)
class Queries:
    """Every read of an actor is of the actor's own community."""

    communities: Communities
    accounts: Accounts
    sessions: Sessions
    now: Now

    async def me(self, actor: Actor) -> Account | None:
        """The caller's own account; None for a merchant's system, which has none."""
        demand(actor, ME)
        (own,) = await self.accounts.get_many(actor.community_id, [actor.account_id])
        return own

    async def communities_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Community | None]:
        """In the order of the ids; None for another's."""
        demand(actor, COMMUNITY)
        return await self.communities.get_many(actor.community_id, ids)

    async def accounts_by_id(
        self, actor: Actor, ids: Sequence[str]
    ) -> list[Account | Forbidden | None]:
        """In the order of the ids; None for another community's.

        One's own may always be read; whoever may not read another's has Forbidden in its place,
        whatever else is asked for in the same breath.
        """
        reads_all = may(actor, READ_ACCOUNTS)
        readable = [each for each in ids if reads_all or each == actor.account_id]
        found = await self.accounts.get_many(actor.community_id, readable) if readable else []
        by_id = dict(zip(readable, found, strict=True))
        return [by_id[each] if each in by_id else Forbidden() for each in ids]

    async def staff_accounts(
        self, actor: Actor, *, first: int, after: Cursor | None
    ) -> AccountPage:
        """The community's staff, the newest first."""
        demand(actor, READ_ACCOUNTS)
        return await self.accounts.newest_first(actor.community_id, first=first, after=after)

    async def revoked_sessions(self) -> tuple[list[Session], datetime]:
        """The sessions whose tokens may still live though they were revoked, and as of when."""
        at = self.now()
        return await self.sessions.revoked_since(at - ACCESS_TOKEN_LIFETIME), at

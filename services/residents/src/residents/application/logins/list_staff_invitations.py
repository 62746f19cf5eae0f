"""List the invitations that nobody has taken."""

from dataclasses import dataclass

from residents.application.authorisation import demand
from residents.application.ports import AccountPage, Accounts, Cursor
from residents.domain.logins.permissions import (
    STAFF_INVITATIONS,
)
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ListStaffInvitations:
    """What a secretary sees of them; the codes themselves are not kept."""

    accounts: Accounts

    async def __call__(self, actor: Actor, *, first: int, after: Cursor | None) -> AccountPage:
        """The accounts that wait for their person, the newest first. Raises: Forbidden."""
        demand(actor, STAFF_INVITATIONS)
        return await self.accounts.invited(actor.community_id, first=first, after=after)

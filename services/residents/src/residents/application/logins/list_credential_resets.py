"""List the resets of credentials under way."""

from dataclasses import dataclass

from residents.application.authorisation import demand_for_all
from residents.application.ports import AccountPage, Accounts, Cursor
from residents.domain.logins.permissions import (
    CREDENTIAL_RESETS,
)
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ListCredentialResets:
    """What waits for a second person, or for the person themselves."""

    accounts: Accounts

    async def __call__(self, actor: Actor, *, first: int, after: Cursor | None) -> AccountPage:
        """The accounts with a reset under way, the newest request first. Raises: Forbidden."""
        demand_for_all(actor, CREDENTIAL_RESETS)
        return await self.accounts.with_reset(actor.community_id, first=first, after=after)

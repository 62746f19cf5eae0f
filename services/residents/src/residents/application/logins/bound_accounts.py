"""Whose account is whose, asked by the other rooms of this service."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.logins.ports import Pseudonyms, ResidentClaims
from residents.application.logins.verify_binding import holder_of
from residents.application.ports import Accounts
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding_rules import verified_bindings


@dataclass(frozen=True)
class ClaimedAccounts:
    """See `BoundAccounts`. A claim only says where to look: the binding decides."""

    accounts: Accounts
    claims: ResidentClaims
    pseudonyms: Pseudonyms

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """See `BoundAccounts.resident_ids_of`."""
        try:
            account = await self.accounts.get(community_id, account_id)
        except AccountNotFound:
            return []
        return _resident_ids(account)

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        """See `BoundAccounts.accounts_of`."""
        holder = await holder_of(self.claims, self.pseudonyms, community_id, resident_id)
        if holder is None:
            return []
        bound = await self.resident_ids_of(community_id, holder.account_id)
        return [holder.account_id] if resident_id in bound else []


def _resident_ids(account: Account) -> list[str]:
    return [
        binding.resident.resident_id
        for binding in verified_bindings(account)
        if binding.resident is not None
    ]

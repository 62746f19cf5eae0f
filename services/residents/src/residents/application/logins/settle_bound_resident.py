"""Let the archive know whom a verified binding says somebody is."""

from dataclasses import dataclass

from residents.application.logins.ports import ArchivePeople, BoundResident
from residents.application.ports import Accounts
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding import Binding, VerifiedAs
from residents.domain.logins.binding_rules import verified_bindings


@dataclass(frozen=True)
class SettleBoundResident:
    """Told once or five times, the archive has the resident once.

    The event names the account; what the person is called never leaves the account.
    """

    accounts: Accounts
    archive: ArchivePeople

    async def __call__(self, community_id: str, account_id: str, resident_id: str) -> None:
        """Settle it; a binding that was revoked meanwhile settles nothing."""
        try:
            account = await self.accounts.get(community_id, account_id)
        except AccountNotFound:
            return
        for binding in verified_bindings(account):
            if binding.resident is not None and binding.resident.resident_id == resident_id:
                await self._settle(account, binding, binding.resident)

    async def _settle(self, account: Account, binding: Binding, resident: VerifiedAs) -> None:
        at = binding.verified_at or binding.requested_at
        words = (account.binding_words or {}).get(binding.id)
        if not resident.is_new:
            await self.archive.confirm(account.community_id, resident.resident_id, at=at)
        elif words is not None:
            await self.archive.add(
                BoundResident(
                    community_id=account.community_id,
                    resident_id=resident.resident_id,
                    person_key=resident.person_key,
                    household_id=binding.place.household_id,
                    name=words.name,
                    phone=account.phone,
                    relation=binding.relation,
                    verified_at=at,
                )
            )

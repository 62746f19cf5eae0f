"""End bindings that something else ended: a consent withdrawn, a home left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from residents.application.logins.ports import ArchivePeople, BoundAccounts
from residents.application.ports import Accounts, Now
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding import Binding
from residents.domain.logins.binding_rules import revoke_bindings_where

_CONSENT_WITHDRAWN = "本人撤回了住户绑定的同意。"
_HOME_LEFT = "居民已迁出该户。"


@dataclass(frozen=True)
class EndBindings:
    """Told once or five times, early or late, a binding ends once and a newer one stays."""

    accounts: Accounts
    bound: BoundAccounts
    archive: ArchivePeople
    now: Now

    async def of_account(
        self, community_id: str, account_id: str, *, withdrawn_at: datetime
    ) -> None:
        """The person no longer agrees: what they asked for before that ends.

        Emits: account.unbound v1 for each that stood.
        """
        await self._end(
            community_id,
            account_id,
            lambda binding: binding.requested_at <= withdrawn_at,
            _CONSENT_WITHDRAWN,
        )

    async def of_resident(
        self, community_id: str, resident_id: str, *, withdrawn_at: datetime
    ) -> None:
        """The same for a consent that was given at the counter."""
        for account_id in await self.bound.accounts_of(community_id, resident_id):
            await self._end(
                community_id,
                account_id,
                lambda binding: (
                    _is_of(binding, resident_id) and binding.requested_at <= withdrawn_at
                ),
                _CONSENT_WITHDRAWN,
            )

    async def of_home_left(self, community_id: str, resident_id: str) -> None:
        """Who lives elsewhere now is no longer bound to where they lived.

        Where they live is read, not told: who came back since they left stays bound. A binding
        that was verified after the reading is for the next to judge.
        """
        at = self.now()
        try:
            home = (await self.archive.member(community_id, resident_id)).household_id
        except ResidentNotFound:
            return
        for account_id in await self.bound.accounts_of(community_id, resident_id):
            await self._end(
                community_id,
                account_id,
                lambda binding: (
                    _is_of(binding, resident_id)
                    and binding.place.household_id != home
                    and (binding.verified_at or binding.requested_at) <= at
                ),
                _HOME_LEFT,
            )

    async def _end(
        self,
        community_id: str,
        account_id: str,
        is_to_end: Callable[[Binding], bool],
        reason: str,
    ) -> None:
        at = self.now()
        try:
            await self.accounts.change(
                community_id,
                account_id,
                lambda account: revoke_bindings_where(
                    account, is_to_end, reason, by=account_id, at=at
                ),
            )
        except AccountNotFound:
            return


def _is_of(binding: Binding, resident_id: str) -> bool:
    return binding.resident is not None and binding.resident.resident_id == resident_id

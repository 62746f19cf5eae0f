"""End bindings that something else ended: a consent withdrawn, a home left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from residents.application.logins.ports import BoundAccounts
from residents.application.ports import Accounts
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding import Binding
from residents.domain.logins.binding_rules import revoke_bindings_where

_CONSENT_WITHDRAWN = "本人撤回了住户绑定的同意。"
_HOME_LEFT = "居民已迁出该户。"


@dataclass(frozen=True)
class EndBindings:
    """Told once or five times, a binding ends once."""

    accounts: Accounts
    bound: BoundAccounts

    async def of_account(self, community_id: str, account_id: str, *, at: datetime) -> None:
        """The person no longer agrees: every open one ends. Emits: account.unbound v1 for each."""
        await self._end(community_id, account_id, lambda _: True, _CONSENT_WITHDRAWN, at)

    async def of_resident(self, community_id: str, resident_id: str, *, at: datetime) -> None:
        """The same for a consent that was given at the counter."""
        for account_id in await self.bound.accounts_of(community_id, resident_id):
            await self._end(
                community_id,
                account_id,
                lambda binding: _is_of(binding, resident_id),
                _CONSENT_WITHDRAWN,
                at,
            )

    async def of_home_left(
        self, community_id: str, resident_id: str, household_id: str | None, *, at: datetime
    ) -> None:
        """Who lives elsewhere now is no longer bound to where they lived.

        Args:
            household_id: where they live now, or None.
        """
        for account_id in await self.bound.accounts_of(community_id, resident_id):
            await self._end(
                community_id,
                account_id,
                lambda binding: (
                    _is_of(binding, resident_id) and binding.place.household_id != household_id
                ),
                _HOME_LEFT,
                at,
            )

    async def _end(
        self,
        community_id: str,
        account_id: str,
        is_to_end: Callable[[Binding], bool],
        reason: str,
        at: datetime,
    ) -> None:
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

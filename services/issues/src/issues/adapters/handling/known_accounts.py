"""What residents told of accounts, as far as matters need it."""

from collections.abc import Sequence

import msgspec
from chassis.mongo import Store
from chassis.projection import Projection

COLLECTION = "known_accounts"


class KnownAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What an account may act as; nothing once it is shut."""

    roles: tuple[str, ...]


class StoredKnownAccounts:
    """The port `KnownAccounts`, and what fills it."""

    def __init__(self, store: Store) -> None:
        self._known = Projection(store, COLLECTION, KnownAccount)

    async def learn(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        """Remember what it acts as; what was told earlier changes nothing."""
        await self._known.put(
            account_id, community_id, sequence, KnownAccount(roles=tuple(sorted(set(roles))))
        )

    async def roles_of(self, community_id: str, account_ids: Sequence[str]) -> list[frozenset[str]]:
        """See the port."""
        known = await self._known.get_many(community_id, account_ids)
        return [frozenset(account.roles) if account else frozenset() for account in known]

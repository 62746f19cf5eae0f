"""What the handling needs of the outside, beside the issues."""

from collections.abc import Sequence
from typing import Protocol


class KnownAccounts(Protocol):
    """Accounts of the community, as far as residents told what they may act as."""

    async def roles_of(self, community_id: str, account_ids: Sequence[str]) -> list[frozenset[str]]:
        """Say what each acts as, in the order asked; nothing for one that is not known."""


class AccountMemory(Protocol):
    """Where it is remembered what accounts act as."""

    async def learn(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        """Remember it; what was told earlier, by its sequence, changes nothing."""

"""What is kept of rewards that cannot be given yet."""

from collections.abc import Sequence
from typing import Protocol

from vouchers.domain.cards.owed_reward import OwedReward


class OwedRewards(Protocol):
    """One for each claim key."""

    async def keep(self, owed: OwedReward) -> None:
        """Keep it, unless it is kept already."""

    async def forget(self, owed: OwedReward) -> None:
        """It was given, or never can be; nothing where none is kept."""

    async def count(self, community_id: str) -> int:
        """How many are kept for a community."""

    async def oldest_first(self, *, first: int, after: OwedReward | None) -> Sequence[OwedReward]:
        """Those of all communities, the earliest earned first, that come after one of them."""

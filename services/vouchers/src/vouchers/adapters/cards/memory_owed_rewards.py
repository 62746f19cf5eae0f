"""Rewards that are owed, in memory; they pass the contract tests of the real ones."""

from vouchers.domain.cards.owed_reward import OwedReward


class MemoryOwedRewards:
    """The port `OwedRewards`."""

    def __init__(self) -> None:
        self.kept: dict[str, OwedReward] = {}

    async def keep(self, owed: OwedReward) -> None:
        """See the port."""
        self.kept.setdefault(owed.claim_key, owed)

    async def forget(self, owed: OwedReward) -> None:
        """See the port."""
        self.kept.pop(owed.claim_key, None)

    async def count(self, community_id: str) -> int:
        """See the port."""
        return sum(each.community_id == community_id for each in self.kept.values())

    async def oldest_first(self, *, first: int, after: OwedReward | None) -> list[OwedReward]:
        """See the port."""
        waiting = sorted(self.kept.values(), key=_place)
        return [each for each in waiting if after is None or _place(each) > _place(after)][:first]


def _place(owed: OwedReward) -> tuple[object, ...]:
    return owed.earned_at, owed.claim_key

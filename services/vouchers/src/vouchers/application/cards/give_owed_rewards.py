"""Give the rewards that could not be given when they were earned."""

from dataclasses import dataclass

from vouchers.application.cards.owed_rewards import OwedRewards
from vouchers.application.cards.reward_reporter import RewardReporter
from vouchers.domain.cards.owed_reward import OwedReward

_AT_ONCE = 100


@dataclass(frozen=True)
class GiveOwedRewards:
    """One turn of the worker: who earned first is given first."""

    owed: OwedRewards
    reward: RewardReporter

    async def __call__(self) -> None:
        """Try each once.

        Raises: ExceptionGroup of what failed, to be tried again.
        Emits: voucher.claimed v1 for each that is given.
        """
        failures: list[Exception] = []
        after: OwedReward | None = None
        while waiting := await self.owed.oldest_first(first=_AT_ONCE, after=after):
            for after in waiting:
                try:
                    await self.reward(after)
                except Exception as failure:
                    failures.append(failure)
        if failures:
            raise ExceptionGroup("rewards that could not be tried", failures)

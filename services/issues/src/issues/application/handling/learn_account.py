"""Residents says what an account may act as."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.application.handling.ports import AccountMemory


@dataclass(frozen=True)
class LearnAccount:
    """Remember what an account acts as, so that issues can be assigned to it."""

    accounts: AccountMemory

    async def __call__(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        await self.accounts.learn(community_id, account_id, roles, sequence=sequence)

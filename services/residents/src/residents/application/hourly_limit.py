"""How often an account may do something in an hour."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from residents.application.ports import Kept
from residents.domain.hourly_counts import HourlyCount
from residents.domain.roles import Actor


class NothingCounted(Exception):
    """This account has done nothing of the kind yet. It never leaves the application."""


class HourlyCounts(Kept[HourlyCount], Protocol):
    """Those of one kind. get and change raise NothingCounted."""

    def id_of(self, community_id: str, account_id: str) -> str:
        """The one count of an account."""


@dataclass(frozen=True)
class HourlyLimit:
    """Counts by an aggregate, so that many at once are counted one by one."""

    counts: HourlyCounts
    at_most: int

    async def count(self, actor: Actor, name: str, at: datetime) -> None:
        """Count one more before it is done; the same name again is not another.

        Raises: HourlyLimitReached.
        """
        community_id = actor.community_id
        count_id = self.counts.id_of(community_id, actor.account_id)
        try:
            await self.counts.get(community_id, count_id)
        except NothingCounted:
            await self.counts.add(HourlyCount(id=count_id, community_id=community_id))
        await self.counts.change(
            community_id, count_id, lambda count: count.count(name, at, limit=self.at_most)
        )

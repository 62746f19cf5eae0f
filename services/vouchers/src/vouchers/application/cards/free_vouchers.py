"""Which voucher is tried next for whoever claims."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vouchers.application.cards.ports import Candidate, Look, NewLot, Vouchers
from vouchers.application.ports import Now
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.errors import SoldOut

_GOOD_FOR = timedelta(seconds=2)

LookAt = Callable[[str, Sequence[str]], Awaitable[Mapping[str, Look]]]
"""What can be claimed of a community's campaigns, by looks that begin once they are asked for."""


def looks_at(vouchers: Vouchers, now: Now, new_lot: NewLot) -> LookAt:
    """Make what looks at campaigns, one after another, from a lot by chance on."""

    async def look(community_id: str, campaign_ids: Sequence[str]) -> Mapping[str, Look]:
        return {
            campaign_id: await vouchers.claimable(community_id, campaign_id, now(), lot=new_lot())
            for campaign_id in campaign_ids
        }

    return look


@dataclass
class _Found:
    look: Look
    until: datetime
    candidates: deque[Candidate]


@dataclass(frozen=True)
class FreeVouchers:
    """What one look found is handed to one after another, each to one alone.

    A candidate may have been taken since; the write that takes it finds out. That nothing is left
    is said after a look that began when it was asked for, and by no other.
    """

    look_at: LookAt
    now: Now
    _found: dict[str, _Found] = field(default_factory=dict)

    async def next(self, campaign: Campaign) -> Candidate:
        """One that nobody had a moment ago. Raises: SoldOut."""
        while not (found := self._left(campaign)):
            look = (await self.look_at(campaign.community_id, [campaign.id]))[campaign.id]
            if not look.candidates:
                raise SoldOut(look.next_release)
            self._keep(campaign, look)
        return found.candidates.popleft()

    def give_back(self, campaign: Campaign, candidate: Candidate) -> None:
        """Let another have one that was not taken."""
        if found := self._found.get(campaign.id):
            found.candidates.append(candidate)

    def _left(self, campaign: Campaign) -> _Found | None:
        found = self._found.get(campaign.id)
        return found if found and found.candidates and self.now() < found.until else None

    def _keep(self, campaign: Campaign, look: Look) -> None:
        """Keep what a look found, once for all who waited for it, and forget what is old."""
        known = self._found.get(campaign.id)
        if self._left(campaign) or (known is not None and known.look is look):
            return
        now = self.now()
        for campaign_id in [each for each, found in self._found.items() if now >= found.until]:
            del self._found[campaign_id]
        self._found[campaign.id] = _Found(look, now + _GOOD_FOR, deque(look.candidates))

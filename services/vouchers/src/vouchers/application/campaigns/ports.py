"""What the use cases of campaigns need of the outside."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from vouchers.application.ports import Aggregates, Cursor, Page
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.terms import Funder, Reward

FunderIds = Callable[[str, Funder], str]
"""Gives the one id of a funder in a community."""


class Campaigns(Aggregates[Campaign], Protocol):
    """get and change raise CampaignNotFound."""

    async def newest_first(
        self,
        community_id: str,
        state: CampaignState | None,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[Campaign]:
        """A community's campaigns, of one state or of all."""

    async def claimable(
        self, community_id: str, estate_id: str | None, at: datetime, *, limit: int
    ) -> list[Campaign]:
        """Those that are live, that residents claim from and not later than now, the newest first.

        Args:
            estate_id: whose residents they are for; None for those for everybody alone.
        """

    async def rewarding(self, community_id: str, reward: Reward) -> list[Campaign]:
        """Those that give a reward for this, or will: approved and not ended, the oldest first."""

    async def communities_that_spend(self) -> list[str]:
        """Every community that has ever approved one."""

    async def with_work(self, *, limit: int) -> list[Campaign]:
        """Those of all communities whose vouchers are to be made or told of a change."""

    async def over(self, at: datetime, *, limit: int) -> list[Campaign]:
        """Those of all communities that run or are paused though their last day is over."""


class VoucherMint(Protocol):
    """Where a campaign's vouchers are made and told of its changes."""

    async def insert_missing(self, campaign: Campaign, slots: range) -> int:
        """Make the vouchers of these slots; those there stay as they are.

        Args:
            slots: of 0 to the stock, at most 500 of them.
        Returns: how many were new.
        """

    async def count(self, campaign: Campaign) -> int:
        """How many vouchers the campaign has."""

    async def carry(self, campaign: Campaign, *, limit: int) -> int:
        """Tell some vouchers whether the campaign is paused or over, that know of less.

        Returns: how many were told; 0 when all know of `campaign.change_number`.
        """

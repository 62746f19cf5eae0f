"""Give back to the funder what nobody claimed of a campaign that ended."""

from dataclasses import dataclass
from datetime import datetime

from vouchers.application.campaigns.ports import Campaigns, VoucherMint
from vouchers.application.ledger.ports import ClaimedVouchers
from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.ledger import posting

_AT_ONCE = 500


@dataclass(frozen=True)
class ReleaseUnclaimed:
    """Once every voucher knows of the end nobody claims any more, and the count is final."""

    campaigns: Campaigns
    mint: VoucherMint
    vouchers: ClaimedVouchers
    post: PostEntries

    async def __call__(
        self, community_id: str, event_id: str, *, campaign_id: str, at: datetime
    ) -> None:
        """Enter it; nothing where all was claimed."""
        campaign = await self.campaigns.get(community_id, campaign_id)
        while await self.mint.carry(campaign, limit=_AT_ONCE):
            pass
        claimed = await self.vouchers.claimed_count(community_id, campaign_id)
        rest_fen = campaign.terms.budget_fen - claimed * campaign.terms.face_value_fen
        if rest_fen > 0:
            entry = posting.released(campaign_id, campaign.funder_id, rest_fen, at)
            await self.post(community_id, event_id, entry)

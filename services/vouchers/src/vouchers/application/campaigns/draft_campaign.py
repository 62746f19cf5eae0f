"""Write down what a campaign would be."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.named_merchants import check_merchants
from vouchers.application.campaigns.ports import Campaigns, FunderIds
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.application.repeats import made_before
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import DRAFT_CAMPAIGN
from vouchers.domain.campaigns.terms import CampaignTerms, checked_terms


@dataclass(frozen=True)
class DraftCampaign:
    """Nothing is spent before somebody else has approved it."""

    campaigns: Campaigns
    merchants: Merchants
    funder_ids: FunderIds
    now: Now

    async def __call__(
        self, actor: Actor, campaign_id: str, terms: CampaignTerms, *, request: Request
    ) -> Campaign:
        """Write it down; a repeat is given what there is, whatever has happened since.

        Raises: Forbidden; MerchantNotFound; MerchantNotApproved; RequestIdReused; what
            `checked_terms` raises.
        """
        demand_for_all(actor, DRAFT_CAMPAIGN)
        made = await made_before(self.campaigns, actor.community_id, campaign_id, request)
        if made is not None:
            return made
        at = self.now()
        checked = checked_terms(terms, at)
        await check_merchants(self.merchants, actor.community_id, checked.merchant_ids)
        campaign = Campaign.draft(
            campaign_id,
            checked,
            funder_id=self.funder_ids(actor.community_id, checked.funder),
            by=actor,
            at=at,
        )
        return await self.campaigns.add(campaign, request=request)

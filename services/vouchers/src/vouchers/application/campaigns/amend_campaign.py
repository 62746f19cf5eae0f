"""Write other terms for a campaign that nobody has approved yet."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.campaigns.named_merchants import check_merchants
from vouchers.application.campaigns.ports import Campaigns, FunderIds
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now
from vouchers.application.repeats import changed_before
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.permissions import AMEND_CAMPAIGN
from vouchers.domain.campaigns.terms import CampaignTerms, checked_terms


@dataclass(frozen=True)
class AmendCampaign:
    """All the terms at once; who amends may not approve either."""

    campaigns: Campaigns
    merchants: Merchants
    funder_ids: FunderIds
    now: Now

    async def __call__(
        self, actor: Actor, campaign_id: str, terms: CampaignTerms, *, request: Request
    ) -> Campaign:
        """Write them; a repeat is given what there is, whatever has happened since.

        Raises: Forbidden; CampaignNotFound; CampaignNotDraft; MerchantNotFound;
            MerchantNotApproved; RequestIdReused; what `checked_terms` raises.
        """
        demand_for_all(actor, AMEND_CAMPAIGN)
        amended = await changed_before(self.campaigns, actor.community_id, campaign_id, request)
        if amended is not None:
            return amended
        at = self.now()
        checked = checked_terms(terms, at)
        await check_merchants(self.merchants, actor.community_id, checked.merchant_ids)
        funder_id = self.funder_ids(actor.community_id, checked.funder)
        return await self.campaigns.change(
            actor.community_id,
            campaign_id,
            lambda campaign: campaign.amend(checked, funder_id=funder_id, by=actor, at=at),
            request=request,
        )

"""Whether a campaign gives anything now, and to whom."""

from datetime import datetime

from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.errors import CampaignNotLive
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import CampaignPaused, ClaimWindowClosed, NotEligible
from vouchers.domain.cards.voucher import Holder


def check_giving(campaign: Campaign, at: datetime) -> None:
    """Raises: CampaignPaused; CampaignNotLive; ClaimWindowClosed."""
    if campaign.state is CampaignState.PAUSED:
        raise CampaignPaused
    if campaign.state is not CampaignState.LIVE:
        raise CampaignNotLive
    if not campaign.terms.claim_from <= at < campaign.terms.claim_until:
        raise ClaimWindowClosed


def eligible_holder(campaign: Campaign, account: AccountHolder | None) -> Holder:
    """The person behind an account, if the campaign is for them.

    Raises: NotEligible for who is not verified, or lives in none of the campaign's estates.
    """
    if account is None or account.person is None or account.home is None:
        raise NotEligible
    estate_ids = campaign.terms.estate_ids
    if estate_ids and account.home.estate_id not in estate_ids:
        raise NotEligible
    return Holder(account.person, account.home.household_id, account.id)

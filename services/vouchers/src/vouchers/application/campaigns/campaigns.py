"""What can be done with campaigns, on one page."""

from vouchers.application.campaigns.amend_campaign import AmendCampaign
from vouchers.application.campaigns.approve_campaign import ApproveCampaign
from vouchers.application.campaigns.draft_campaign import DraftCampaign
from vouchers.application.campaigns.end_campaign import EndCampaign
from vouchers.application.campaigns.end_lapsed_campaigns import EndLapsedCampaigns
from vouchers.application.campaigns.mint_vouchers import MintVouchers
from vouchers.application.campaigns.pause_campaign import PauseCampaign
from vouchers.application.campaigns.ports import Campaigns, FunderIds, VoucherMint
from vouchers.application.campaigns.read_campaigns import ReadCampaigns
from vouchers.application.campaigns.resume_campaign import ResumeCampaign
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Now


class CampaignsRoom:
    """The use cases of campaigns, and the two turns of the worker."""

    def __init__(
        self,
        campaigns: Campaigns,
        merchants: Merchants,
        mint: VoucherMint,
        funder_ids: FunderIds,
        now: Now,
    ) -> None:
        self.draft = DraftCampaign(campaigns, merchants, funder_ids, now)
        self.amend = AmendCampaign(campaigns, merchants, funder_ids, now)
        self.approve = ApproveCampaign(campaigns, now)
        self.pause = PauseCampaign(campaigns, now)
        self.resume = ResumeCampaign(campaigns, now)
        self.end = EndCampaign(campaigns, now)
        self.read = ReadCampaigns(campaigns)
        self.mint_vouchers = MintVouchers(campaigns, mint, now)
        self.end_lapsed = EndLapsedCampaigns(campaigns, now)

"""What a campaign puts into each of its vouchers."""

from datetime import datetime

import msgspec

from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.campaigns.release import claimable_from
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.voucher import Changed, Voucher

LOTS = 2**31


class Slot(msgspec.Struct, frozen=True):
    """One place in a campaign, and what is derived from it.

    Attributes:
        lot: below `LOTS`, as good as by chance.
    """

    number: int
    voucher_id: str
    lot: int
    lookup_number: str


def minted(campaign: Campaign, slot: Slot) -> Voucher:
    """The voucher of a slot, which nobody has yet."""
    terms = campaign.terms
    return Voucher(
        id=slot.voucher_id,
        community_id=campaign.community_id,
        campaign_id=campaign.id,
        slot=slot.number,
        lot=slot.lot,
        lookup_number=slot.lookup_number,
        is_single_use=terms.kind is CampaignKind.RED_PACKET,
        face_value_fen=terms.face_value_fen,
        minimum_spend_fen=terms.minimum_spend_fen,
        claimable_from=claimable_from(
            slot.number, begins_at=terms.claim_from, daily_stock=terms.daily_stock
        ),
        **msgspec.structs.asdict(copied_from(campaign)),
        remaining_fen=terms.face_value_fen,
    )


class Copied(msgspec.Struct, frozen=True):
    """What a voucher knows of its campaign."""

    claimable_until: datetime
    usable_until: datetime
    campaign_change_number: int
    is_paused: bool
    is_ended: bool


def copied_from(campaign: Campaign) -> Copied:
    """What a voucher is to know of a campaign as it now is."""
    return Copied(
        claimable_until=campaign.terms.claim_until,
        usable_until=campaign.terms.use_until,
        campaign_change_number=campaign.change_number,
        is_paused=campaign.state is CampaignState.PAUSED,
        is_ended=campaign.state is CampaignState.ENDED,
    )


def carried(voucher: Voucher, campaign: Campaign) -> Changed:
    """Copy window, pause and end of the campaign, unless a later change is there."""
    if voucher.campaign_change_number >= campaign.change_number:
        return voucher, ()
    copied = msgspec.structs.asdict(copied_from(campaign))
    return msgspec.structs.replace(voucher, **copied), ()

"""The slots of a campaign, and what is derived from them."""

from chassis.ids import derived_id

from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.codes import KeyedHash, lookup_number
from vouchers.domain.cards.minting import LOTS, Slot, minted
from vouchers.domain.cards.voucher import Voucher


def voucher_id(campaign_id: str, slot: int) -> str:
    """The one id of a slot's voucher."""
    return derived_id("voucher", campaign_id, str(slot))


def new_voucher(campaign: Campaign, number: int, keyed_hash: KeyedHash) -> Voucher:
    """The voucher of a slot as it is made."""
    id_ = voucher_id(campaign.id, number)
    return minted(
        campaign,
        Slot(
            number=number,
            voucher_id=id_,
            lot=int(keyed_hash("voucher.lot", id_), 16) % LOTS,
            lookup_number=lookup_number(keyed_hash, id_),
        ),
    )

"""Vouchers tells of merchants: from now on a merchant's clients may have tokens."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.merchants.settle_merchant import SettleMerchant


class MerchantApproved(msgspec.Struct, frozen=True):
    """What is needed of merchant.approved."""

    type: ClassVar[str] = "merchant.approved.v1"

    merchant_id: str


def merchants_on_merchant_approved(settle: SettleMerchant) -> Handle[MerchantApproved]:
    """Remember it, whatever came before."""

    async def handle(event: Received[MerchantApproved]) -> None:
        await settle(event.community_id, event.data.merchant_id, event.sequence, is_approved=True)

    return handle

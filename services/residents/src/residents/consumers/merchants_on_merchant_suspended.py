"""Vouchers tells of merchants: from now on a merchant's clients stop."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.merchants.settle_merchant import SettleMerchant


class MerchantSuspended(msgspec.Struct, frozen=True):
    """What is needed of merchant.suspended."""

    type: ClassVar[str] = "merchant.suspended.v1"

    merchant_id: str


def merchants_on_merchant_suspended(settle: SettleMerchant) -> Handle[MerchantSuspended]:
    """Remember it, whatever came before."""

    async def handle(event: Received[MerchantSuspended]) -> None:
        await settle(event.community_id, event.data.merchant_id, event.sequence, is_approved=False)

    return handle

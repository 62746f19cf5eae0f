"""What is told of merchants."""

from datetime import datetime
from typing import ClassVar

from vouchers.domain.events import Event


class MerchantApproved(Event, frozen=True, kw_only=True):
    """A merchant may take vouchers, for the first time or again."""

    type: ClassVar[str] = "merchant.approved.v1"

    merchant_id: str
    store_ids: tuple[str, ...]
    approved_at: datetime
    approved_by: str


class MerchantSuspended(Event, frozen=True, kw_only=True):
    """A merchant takes no vouchers for now; its systems lose their access."""

    type: ClassVar[str] = "merchant.suspended.v1"

    merchant_id: str
    suspended_at: datetime
    suspended_by: str

"""What vouchers tell: by pseudonyms, in fen."""

from datetime import datetime
from typing import ClassVar

from vouchers.domain.events import Event


class VoucherClaimed(Event, frozen=True, kw_only=True):
    """Somebody has a voucher.

    Attributes:
        how: claim or reward.
        source_id: the issue that a reward thanks for.
    """

    type: ClassVar[str] = "voucher.claimed.v1"

    voucher_id: str
    campaign_id: str
    account_id: str | None
    person_key: str
    household_id: str | None
    face_value_fen: int
    how: str
    source_id: str | None
    claimed_at: datetime


class VoucherRedeemed(Event, frozen=True, kw_only=True):
    """A merchant took something off a voucher."""

    type: ClassVar[str] = "voucher.redeemed.v1"

    voucher_id: str
    campaign_id: str
    use_id: str
    merchant_id: str
    store_id: str
    amount_fen: int
    remaining_fen: int
    person_key: str
    account_id: str | None
    redeemed_at: datetime


class VoucherReversed(Event, frozen=True, kw_only=True):
    """A use was taken back: the holder has the amount again, the merchant no longer."""

    type: ClassVar[str] = "voucher.reversed.v1"

    voucher_id: str
    campaign_id: str
    use_id: str
    merchant_id: str
    store_id: str
    amount_fen: int
    person_key: str
    account_id: str | None
    reversed_at: datetime
    reversed_by: str


class VoucherExpiredEvent(Event, frozen=True, kw_only=True):
    """The time of a voucher is over; what was left of it went back to the campaign."""

    type: ClassVar[str] = "voucher.expired.v1"

    voucher_id: str
    campaign_id: str
    released_fen: int
    person_key: str
    account_id: str | None
    expired_at: datetime

"""What can be done at a till, on one page."""

from dataclasses import dataclass

from vouchers.application.till.preview_voucher import PreviewVoucher
from vouchers.application.till.read_redemption import ReadRedemption
from vouchers.application.till.redeem_voucher import RedeemVoucher
from vouchers.application.till.reverse_redemption import ReverseRedemption


@dataclass(frozen=True, kw_only=True)
class Till:
    """The use cases of merchants, and the office's of taking one back."""

    redeem: RedeemVoucher
    preview: PreviewVoucher
    read: ReadRedemption
    reverse: ReverseRedemption

"""What can be done with vouchers, on one page."""

from dataclasses import dataclass

from vouchers.application.cards.claim_voucher import ClaimVoucher
from vouchers.application.cards.expire_vouchers import ExpireVouchers
from vouchers.application.cards.read_vouchers import ReadVouchers
from vouchers.application.cards.show_code import ShowCode


@dataclass(frozen=True, kw_only=True)
class Cards:
    """The use cases and reads of who holds vouchers."""

    claim: ClaimVoucher
    read: ReadVouchers
    show_code: ShowCode
    expire: ExpireVouchers

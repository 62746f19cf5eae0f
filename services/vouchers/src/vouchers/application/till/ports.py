"""What a till needs to know beside the voucher."""

import msgspec

from vouchers.domain.cards.uses import Use
from vouchers.domain.cards.voucher import Voucher


class Redemption(msgspec.Struct, frozen=True):
    """A use, and the voucher that it is of."""

    voucher: Voucher
    use: Use

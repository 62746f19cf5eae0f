"""What a till needs to know beside the voucher."""

from datetime import datetime
from typing import Protocol

import msgspec

from vouchers.domain.cards.uses import Use
from vouchers.domain.cards.voucher import Voucher


class Redemption(msgspec.Struct, frozen=True):
    """A use, and the voucher that it is of."""

    voucher: Voucher
    use: Use


class WrongCodes(Protocol):
    """The wrong codes of a merchant, by whichever edge and process they were presented."""

    async def count(self, community_id: str, merchant_id: str, at: datetime) -> bool:
        """Count a code as wrong before it is looked at, so that many at once all count.

        Returns: whether it may be looked at; one that may not is not counted.
        """

    async def take_back(self, community_id: str, merchant_id: str, at: datetime) -> None:
        """The code that was counted at this moment was right after all."""

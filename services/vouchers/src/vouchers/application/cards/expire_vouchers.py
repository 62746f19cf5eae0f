"""Give back what is left of vouchers whose time is over."""

from dataclasses import dataclass

from vouchers.application.cards.ports import Vouchers
from vouchers.application.ports import Now

_AT_ONCE = 500


@dataclass(frozen=True)
class ExpireVouchers:
    """Of all communities; each voucher is one write, so it may be stopped anywhere."""

    vouchers: Vouchers
    now: Now

    async def count_due(self) -> int:
        """How many would expire now."""
        return await self.vouchers.count_due(self.now())

    async def __call__(self) -> int:
        """Expire what is due.

        Returns: how many were.
        Emits: voucher.expired v1 for each.
        """
        at, expired = self.now(), 0
        while found := await self.vouchers.expire_due(
            at, lambda voucher: voucher.expire(at), limit=_AT_ONCE
        ):
            expired += found
        return expired

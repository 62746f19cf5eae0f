"""Show the code of one's own voucher."""

from dataclasses import dataclass

from vouchers.application.authorisation import demand
from vouchers.application.cards.read_vouchers import ReadVouchers
from vouchers.application.ports import Now
from vouchers.domain.actors import Actor
from vouchers.domain.cards.codes import KeyedHash, ShownCode, code_at
from vouchers.domain.cards.permissions import SHOW_CODE


@dataclass(frozen=True)
class ShowCode:
    """Nothing is written: the code is derived from the voucher and the moment."""

    own: ReadVouchers
    code_hash: KeyedHash
    now: Now

    async def __call__(self, actor: Actor, voucher_id: str) -> ShownCode:
        """The code of this half minute.

        Raises: Forbidden; VoucherNotFound for another's, too; VoucherExpired; VoucherSpent;
            CampaignPaused.
        """
        demand(actor, SHOW_CODE)
        voucher = await self.own.own(actor, voucher_id)
        at = self.now()
        voucher.check_shown(at)
        return code_at(self.code_hash, voucher.id, voucher.lookup_number, at)

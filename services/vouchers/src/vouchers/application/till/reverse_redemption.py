"""The office takes a redemption back."""

from dataclasses import dataclass

from chassis.requests import Request

from vouchers.application.authorisation import demand_for_all
from vouchers.application.cards.ports import Vouchers
from vouchers.application.ports import Now
from vouchers.application.till.ports import Redemption
from vouchers.domain.actors import Actor
from vouchers.domain.cards.errors import RedemptionNotFound
from vouchers.domain.cards.permissions import REVERSE
from vouchers.domain.cards.uses import ReversalReason


@dataclass(frozen=True)
class ReverseRedemption:
    """The holder has the amount again, and the merchant is not paid for it."""

    vouchers: Vouchers
    now: Now

    async def __call__(
        self, actor: Actor, use_id: str, *, reason: ReversalReason, request: Request
    ) -> Redemption:
        """Take it back.

        Raises: Forbidden; RedemptionNotFound; RedemptionAlreadyReversed; ReversalTooLate;
            RequestIdReused.
        Emits: voucher.reversed v1.
        """
        demand_for_all(actor, REVERSE)
        there = await self.vouchers.of_use(actor.community_id, use_id)
        if there is None:
            raise RedemptionNotFound
        at = self.now()
        voucher = await self.vouchers.change(
            actor.community_id,
            there.id,
            lambda voucher: voucher.reverse(use_id, by=actor.account_id, reason=reason, at=at),
            request=request,
        )
        use = voucher.use_of(use_id)
        assert use is not None  # noqa: S101 - a use is never taken off the list
        return Redemption(voucher, use)

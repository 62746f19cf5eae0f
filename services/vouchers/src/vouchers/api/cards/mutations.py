"""What can be done with vouchers."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.ids import derived_id

from vouchers.api.cards.inputs import (
    ClaimVoucherInput,
    RedeemVoucherInput,
    ReverseRedemptionInput,
)
from vouchers.api.cards.results import (
    ClaimVoucherResult,
    ClaimVoucherSuccess,
    RedeemVoucherResult,
    RedeemVoucherSuccess,
    ReverseRedemptionResult,
    ReverseRedemptionSuccess,
)
from vouchers.api.cards.types import Redemption, Voucher
from vouchers.api.context import Info, actor
from vouchers.api.till.orders import till_order
from vouchers.domain.cards import uses


@strawberry.type
class CardMutations:
    """The part of Mutation that is about vouchers."""

    @strawberry.federation.mutation(
        description="Claim a voucher: first come, first served.",
        authenticated=True,
        requires_scopes=scopes_for("resident"),
    )
    async def claim_voucher(
        self,
        info: Info,
        input: Annotated[ClaimVoucherInput, strawberry.argument(description="Of what.")],
    ) -> ClaimVoucherResult | None:
        """See ClaimVoucher."""
        caller, campaign_id = actor(info), str(input.campaign_id)
        request = info.context.request_for(input.request_id, claim_of=campaign_id)
        voucher = await info.context.application.cards.claim(
            caller,
            campaign_id,
            claim_key=derived_id("claim", caller.account_id, request.request_id),
        )
        return ClaimVoucherSuccess(voucher=Voucher.of(voucher))

    @strawberry.federation.mutation(
        description="Take a voucher for money, at a merchant's portal.",
        authenticated=True,
        requires_scopes=scopes_for("merchant"),
    )
    async def redeem_voucher(
        self,
        info: Info,
        input: Annotated[RedeemVoucherInput, strawberry.argument(description="What, for what.")],
    ) -> RedeemVoucherResult | None:
        """See RedeemVoucher."""
        request = info.context.request_for(
            input.request_id,
            code=input.code,
            bill_fen=input.bill_fen,
            amount_fen=input.amount_fen,
            store_id=str(input.store_id),
        )
        caller = actor(info)
        redemption = await info.context.application.till.redeem(
            caller,
            till_order(
                caller,
                request,
                code=input.code,
                bill_fen=input.bill_fen,
                amount_fen=input.amount_fen,
                store_id=str(input.store_id),
            ),
        )
        return RedeemVoucherSuccess(redemption=Redemption.of(redemption.use))

    @strawberry.federation.mutation(
        description="Take a redemption back: the holder has the amount again.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def reverse_redemption(
        self,
        info: Info,
        input: Annotated[ReverseRedemptionInput, strawberry.argument(description="Which.")],
    ) -> ReverseRedemptionResult | None:
        """See ReverseRedemption."""
        use_id, reason = str(input.redemption_id), uses.ReversalReason[input.reason.name]
        redemption = await info.context.application.till.reverse(
            actor(info),
            use_id,
            reason=reason,
            request=info.context.request_for(input.request_id, reverse=use_id, reason=reason),
        )
        return ReverseRedemptionSuccess(redemption=Redemption.of(redemption.use))

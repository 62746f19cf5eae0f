"""What is given to claim, use and take back."""

import strawberry

from vouchers.api.cards.enums import ReversalReason

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="Of which campaign.")
class ClaimVoucherInput:
    """See ClaimVoucher."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")


@strawberry.input(description="What a merchant takes, for which bill; amounts are whole fen.")
class RedeemVoucherInput:
    """See RedeemVoucher."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    code: str = strawberry.field(description="The twenty digits that the resident shows.")
    bill_fen: int = strawberry.field(description="What the bill comes to.")
    amount_fen: int | None = strawberry.field(
        default=None,
        description="What the voucher is to pay; left out: as much as bill and voucher allow.",
    )
    store_id: strawberry.ID = strawberry.field(description="The merchant's store.")


@strawberry.input(description="Which redemption, and why.")
class ReverseRedemptionInput:
    """See ReverseRedemption."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    redemption_id: strawberry.ID = strawberry.field(description="The redemption.")
    reason: ReversalReason = strawberry.field(description="Why it is taken back.")

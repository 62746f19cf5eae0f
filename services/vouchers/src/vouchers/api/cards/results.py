"""What can come of asking for vouchers."""

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from vouchers.api.campaigns.errors import CampaignNotFound, CampaignNotLive
from vouchers.api.cards.errors import (
    AmountInvalid,
    BillBelowMinimum,
    CampaignPaused,
    ClaimWindowClosed,
    CodeAlreadyUsed,
    CodeInvalid,
    HouseholdCapReached,
    IdempotencyKeyReused,
    MerchantNotInCampaign,
    NotEligible,
    OnlyAsReward,
    PersonCapReached,
    RedemptionAlreadyReversed,
    RedemptionNotFound,
    RemainderTooLow,
    ReversalTooLate,
    SoldOut,
    StoreNotOfMerchant,
    TooManyUses,
    VoucherExpired,
    VoucherNotFound,
    VoucherNotUsable,
    VoucherSpent,
)
from vouchers.api.cards.types import Redemption, Voucher, VoucherCode
from vouchers.api.merchants.errors import MerchantNotApproved


@strawberry.type(description="The caller has a voucher.")
class ClaimVoucherSuccess:
    """See ClaimVoucher."""

    voucher: Voucher = strawberry.field(description="The voucher.")


@strawberry.type(description="The voucher paid.")
class RedeemVoucherSuccess:
    """See RedeemVoucher."""

    redemption: Redemption = strawberry.field(description="What was taken off.")


@strawberry.type(description="The holder has the amount again.")
class ReverseRedemptionSuccess:
    """See ReverseRedemption."""

    redemption: Redemption = strawberry.field(description="What was given back.")


ClaimVoucherResult = Annotated[
    ClaimVoucherSuccess
    | CampaignNotFound
    | OnlyAsReward
    | NotEligible
    | CampaignNotLive
    | CampaignPaused
    | ClaimWindowClosed
    | PersonCapReached
    | HouseholdCapReached
    | SoldOut
    | RequestIdReused,
    strawberry.union("ClaimVoucherResult", description="What can come of claiming one."),
]
VoucherCodeResult = Annotated[
    VoucherCode
    | VoucherNotFound
    | VoucherNotUsable
    | VoucherExpired
    | VoucherSpent
    | CampaignPaused,
    strawberry.union("VoucherCodeResult", description="What can come of showing a code."),
]
RedeemVoucherResult = Annotated[
    RedeemVoucherSuccess
    | IdempotencyKeyReused
    | MerchantNotApproved
    | StoreNotOfMerchant
    | CodeInvalid
    | MerchantNotInCampaign
    | CampaignPaused
    | CodeAlreadyUsed
    | VoucherExpired
    | VoucherSpent
    | AmountInvalid
    | BillBelowMinimum
    | RemainderTooLow
    | TooManyUses,
    strawberry.union("RedeemVoucherResult", description="What can come of taking one for money."),
]
ReverseRedemptionResult = Annotated[
    ReverseRedemptionSuccess
    | RedemptionNotFound
    | RedemptionAlreadyReversed
    | ReversalTooLate
    | RequestIdReused,
    strawberry.union("ReverseRedemptionResult", description="What can come of taking one back."),
]

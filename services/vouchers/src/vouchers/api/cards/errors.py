"""The named errors of vouchers as the graph shows them."""

from datetime import datetime

import strawberry
from chassis.graphql_errors import UserError, error_type

from vouchers.domain.cards import errors


@error_type(errors.VoucherNotFound, description="No such voucher that is the caller's.")
class VoucherNotFound(UserError):
    """See the domain."""


@error_type(
    errors.NotEligible,
    description="The campaign is not for this person: not verified, or of another estate.",
)
class NotEligible(UserError):
    """See the domain."""


@error_type(errors.CampaignPaused, description="Nothing is claimed or used for now.")
class CampaignPaused(UserError):
    """See the domain."""


@error_type(errors.ClaimWindowClosed, description="Claims are taken at another time.")
class ClaimWindowClosed(UserError):
    """See the domain."""


@error_type(
    errors.OnlyAsReward,
    description="These vouchers are given as a thank-you, and not claimed.",
)
class OnlyAsReward(UserError):
    """See the domain."""


@error_type(errors.SoldOut, description="None can be claimed now.")
class SoldOut(UserError):
    """See the domain."""

    more_at: datetime | None = strawberry.field(
        description="When the next are let out; null when there are no more."
    )


@error_type(
    errors.PersonCapReached,
    description="The person has as many of this campaign as one may.",
)
class PersonCapReached(UserError):
    """See the domain."""


@error_type(
    errors.HouseholdCapReached,
    description="The household has as many of this campaign as one may.",
)
class HouseholdCapReached(UserError):
    """See the domain."""


@error_type(
    errors.CodeInvalid,
    description="No code that may be shown now: mistyped, forged, or out of date.",
)
class CodeInvalid(UserError):
    """See the domain."""


@error_type(
    errors.CodeAlreadyUsed,
    description="This code was used; the next comes within half a minute.",
)
class CodeAlreadyUsed(UserError):
    """See the domain."""


@error_type(errors.VoucherNotUsable, description="Nobody has claimed it.")
class VoucherNotUsable(UserError):
    """See the domain."""


@error_type(errors.VoucherSpent, description="Nothing is left of it, or it was good for one use.")
class VoucherSpent(UserError):
    """See the domain."""


@error_type(errors.VoucherExpired, description="The time in which it could be used is over.")
class VoucherExpired(UserError):
    """See the domain."""


@error_type(errors.BillBelowMinimum, description="The bill is too small for this voucher.")
class BillBelowMinimum(UserError):
    """See the domain."""

    minimum_spend_fen: int = strawberry.field(description="What the bill must come to.")


@error_type(
    errors.AmountInvalid,
    description="An amount that is nothing, negative, above the bill or beyond all bounds.",
)
class AmountInvalid(UserError):
    """See the domain."""


@error_type(errors.RemainderTooLow, description="Less is left on the voucher than was asked for.")
class RemainderTooLow(UserError):
    """See the domain."""

    remaining_fen: int = strawberry.field(description="What is left.")


@error_type(errors.MerchantNotInCampaign, description="The voucher is not taken by this merchant.")
class MerchantNotInCampaign(UserError):
    """See the domain."""


@error_type(errors.StoreNotOfMerchant, description="The merchant has no such store.")
class StoreNotOfMerchant(UserError):
    """See the domain."""


@error_type(
    errors.IdempotencyKeyReused,
    description="The same key came before, with another order.",
)
class IdempotencyKeyReused(UserError):
    """See the domain."""


@error_type(errors.TooManyUses, description="The voucher was used as often as one can be.")
class TooManyUses(UserError):
    """See the domain."""


@error_type(errors.RedemptionNotFound, description="No such redemption that the caller may see.")
class RedemptionNotFound(UserError):
    """See the domain."""


@error_type(errors.RedemptionAlreadyReversed, description="It was taken back before.")
class RedemptionAlreadyReversed(UserError):
    """See the domain."""


@error_type(
    errors.ReversalTooLate,
    description="The voucher has expired; what was used of it stays used.",
)
class ReversalTooLate(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    VoucherNotFound,
    NotEligible,
    CampaignPaused,
    ClaimWindowClosed,
    OnlyAsReward,
    SoldOut,
    PersonCapReached,
    HouseholdCapReached,
    CodeInvalid,
    CodeAlreadyUsed,
    VoucherNotUsable,
    VoucherSpent,
    VoucherExpired,
    BillBelowMinimum,
    AmountInvalid,
    RemainderTooLow,
    MerchantNotInCampaign,
    StoreNotOfMerchant,
    IdempotencyKeyReused,
    TooManyUses,
    RedemptionNotFound,
    RedemptionAlreadyReversed,
    ReversalTooLate,
)

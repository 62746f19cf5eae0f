"""The words that vouchers have in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="Where a voucher stands.")
class VoucherState(Enum):
    """See vouchers.domain.cards.voucher."""

    AVAILABLE = strawberry.enum_value("available", description="Nobody has it yet.")
    CLAIMED = strawberry.enum_value("claimed", description="Somebody has it, and it can be used.")
    SPENT = strawberry.enum_value("spent", description="Nothing of it can be used any more.")
    EXPIRED = strawberry.enum_value("expired", description="Its time is over.")


@strawberry.enum(description="How somebody came by a voucher.")
class ClaimedHow(Enum):
    """See vouchers.domain.cards.voucher."""

    CLAIM = strawberry.enum_value("claim", description="They claimed it.")
    REWARD = strawberry.enum_value("reward", description="It was given as a thank-you.")


@strawberry.enum(description="Why a redemption was taken back.")
class ReversalReason(Enum):
    """See vouchers.domain.cards.uses."""

    WRONG_AMOUNT = strawberry.enum_value("wrong_amount", description="The amount was wrong.")
    GOODS_RETURNED = strawberry.enum_value("goods_returned", description="The goods came back.")
    ENTERED_TWICE = strawberry.enum_value(
        "entered_twice", description="It was entered once too often."
    )
    OTHER = strawberry.enum_value("other", description="Something else.")

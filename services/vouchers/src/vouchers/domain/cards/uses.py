"""One use of a voucher at a till."""

from datetime import datetime
from enum import StrEnum

import msgspec

USES_KEPT = 50
"""As many as a voucher can have; the smallest sensible use of a card is far above a fiftieth."""

LARGEST_FEN = 100_000_000
"""A million yuan: no bill of a shop round the corner is larger."""


class ReversalReason(StrEnum):
    """Why a use was taken back; no free text, which may name people."""

    WRONG_AMOUNT = "wrong_amount"
    GOODS_RETURNED = "goods_returned"
    ENTERED_TWICE = "entered_twice"
    OTHER = "other"


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken off a voucher, once.

    Attributes:
        input_hash: a keyed hash of what the till asked for, by which a repeat is told from
            another request under the same key.
        remaining_fen: what could still be used after it.
        code_step: of the code that was shown.
    """

    id: str
    input_hash: str
    merchant_id: str
    store_id: str
    bill_fen: int
    amount_fen: int
    remaining_fen: int
    code_step: int
    redeemed_at: datetime
    redeemed_by: str
    reversed_at: datetime | None = None
    reversed_by: str | None = None
    reversal_reason: ReversalReason | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.reversed_at is None


class UseOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a till asks for.

    Attributes:
        use_id: derived from the caller and its key.
        code_step: which code was shown.
        amount_fen: None for as much as bill and voucher allow.
    """

    use_id: str
    input_hash: str
    merchant_id: str
    store_id: str
    bill_fen: int
    amount_fen: int | None
    code_step: int
    by: str

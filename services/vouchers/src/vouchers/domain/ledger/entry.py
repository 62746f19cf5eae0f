"""One entry of the books: one event with all its legs."""

from datetime import datetime
from enum import StrEnum

import msgspec

from vouchers.domain.ledger.errors import Unbalanced


class EntryKind(StrEnum):
    """What happened."""

    BUDGET_RESERVED = "budget_reserved"
    CLAIMED = "claimed"
    REDEEMED = "redeemed"
    REVERSED = "reversed"
    EXPIRED = "expired"
    BUDGET_RELEASED = "budget_released"


class Leg(msgspec.Struct, frozen=True):
    """What an account gets; what it gives is negative."""

    account: str
    amount_fen: int


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Posted once; sealed once, later, with a number and a link to the one before.

    Attributes:
        id: derived from what happened, so that a fact told again finds the entry that is there.
        event_id: of the event by which it was posted.
        amount_fen: what moved.
        seq: 1 and up within the community, without gaps; None until it is sealed.
        link: a keyed hash of all the rest and of the link before.
    """

    id: str
    community_id: str
    event_id: str
    kind: EntryKind
    campaign_id: str
    amount_fen: int
    legs: tuple[Leg, ...]
    occurred_at: datetime
    posted_at: datetime
    voucher_id: str | None = None
    use_id: str | None = None
    merchant_id: str | None = None
    store_id: str | None = None
    seq: int | None = None
    link: str | None = None

    @property
    def merchant_fen(self) -> int:
        """What it changes for the merchant."""
        account = merchant_account(self.merchant_id or "")
        return sum(leg.amount_fen for leg in self.legs if leg.account == account)


def funder_account(funder_id: str) -> str:
    """Where a campaign's money comes from, and what is not needed goes back to."""
    return f"funder:{funder_id}"


def campaign_account(campaign_id: str) -> str:
    """What nobody has claimed, or was given back."""
    return f"campaign:{campaign_id}"


def holders_account(campaign_id: str) -> str:
    """What the holders of a campaign's vouchers can still spend."""
    return f"holders:{campaign_id}"


def merchant_account(merchant_id: str) -> str:
    """What a merchant is to be paid."""
    return f"merchant:{merchant_id}"


def transfer(amount_fen: int, *, of: str, to: str) -> tuple[Leg, ...]:
    """Legs that move an amount. Raises: Unbalanced for nothing or less."""
    if amount_fen <= 0:
        raise Unbalanced
    return Leg(of, -amount_fen), Leg(to, amount_fen)


def is_balanced(entry: LedgerEntry) -> bool:
    """Whether the legs come to zero."""
    return sum(leg.amount_fen for leg in entry.legs) == 0

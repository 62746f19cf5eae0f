"""Which legs each event has."""

from datetime import datetime

import msgspec

from vouchers.domain.ledger.entry import (
    EntryKind,
    Leg,
    campaign_account,
    funder_account,
    holders_account,
    merchant_account,
    transfer,
)


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be entered.

    Attributes:
        key: of what happened, unique within its kind: the campaign, the voucher or the use.
    """

    key: str
    kind: EntryKind
    campaign_id: str
    amount_fen: int
    legs: tuple[Leg, ...]
    occurred_at: datetime
    voucher_id: str | None = None
    use_id: str | None = None
    merchant_id: str | None = None
    store_id: str | None = None


class TillSlip(msgspec.Struct, frozen=True):
    """Which use of which voucher, and where."""

    voucher_id: str
    campaign_id: str
    use_id: str
    merchant_id: str
    store_id: str


def reserved(campaign_id: str, funder_id: str, budget_fen: int, at: datetime) -> Posting:
    """The funder's money is set aside for the campaign."""
    return Posting(
        key=campaign_id,
        kind=EntryKind.BUDGET_RESERVED,
        campaign_id=campaign_id,
        amount_fen=budget_fen,
        legs=transfer(budget_fen, of=funder_account(funder_id), to=campaign_account(campaign_id)),
        occurred_at=at,
    )


def released(campaign_id: str, funder_id: str, amount_fen: int, at: datetime) -> Posting:
    """What nobody claimed goes back to the funder."""
    return Posting(
        key=campaign_id,
        kind=EntryKind.BUDGET_RELEASED,
        campaign_id=campaign_id,
        amount_fen=amount_fen,
        legs=transfer(amount_fen, of=campaign_account(campaign_id), to=funder_account(funder_id)),
        occurred_at=at,
    )


def claimed(campaign_id: str, voucher_id: str, face_value_fen: int, at: datetime) -> Posting:
    """A face value goes from the campaign to its holders."""
    return Posting(
        key=voucher_id,
        kind=EntryKind.CLAIMED,
        campaign_id=campaign_id,
        voucher_id=voucher_id,
        amount_fen=face_value_fen,
        legs=transfer(
            face_value_fen, of=campaign_account(campaign_id), to=holders_account(campaign_id)
        ),
        occurred_at=at,
    )


def redeemed(slip: TillSlip, amount_fen: int, at: datetime) -> Posting:
    """An amount goes from the holders to the merchant."""
    legs = transfer(
        amount_fen,
        of=holders_account(slip.campaign_id),
        to=merchant_account(slip.merchant_id),
    )
    return _of_slip(slip, EntryKind.REDEEMED, amount_fen, legs, at)


def taken_back(slip: TillSlip, amount_fen: int, at: datetime) -> Posting:
    """And comes back, when the use is reversed."""
    legs = transfer(
        amount_fen,
        of=merchant_account(slip.merchant_id),
        to=holders_account(slip.campaign_id),
    )
    return _of_slip(slip, EntryKind.REVERSED, amount_fen, legs, at)


def expired(campaign_id: str, voucher_id: str, released_fen: int, at: datetime) -> Posting:
    """What a holder did not use comes back to the campaign."""
    return Posting(
        key=voucher_id,
        kind=EntryKind.EXPIRED,
        campaign_id=campaign_id,
        voucher_id=voucher_id,
        amount_fen=released_fen,
        legs=transfer(
            released_fen, of=holders_account(campaign_id), to=campaign_account(campaign_id)
        ),
        occurred_at=at,
    )


def _of_slip(
    slip: TillSlip, kind: EntryKind, amount_fen: int, legs: tuple[Leg, ...], at: datetime
) -> Posting:
    return Posting(
        key=slip.use_id,
        kind=kind,
        campaign_id=slip.campaign_id,
        voucher_id=slip.voucher_id,
        use_id=slip.use_id,
        merchant_id=slip.merchant_id,
        store_id=slip.store_id,
        amount_fen=amount_fen,
        legs=legs,
        occurred_at=at,
    )

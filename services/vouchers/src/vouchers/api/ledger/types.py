"""The types of the graph that the books are; amounts are whole fen."""

from datetime import datetime
from enum import Enum

import strawberry
from chassis.connections import Connection
from chassis.scalars import SafeInt

from vouchers.domain.ledger import entry


@strawberry.enum(description="What an entry of the books stands for.")
class LedgerEntryKind(Enum):
    """See vouchers.domain.ledger.entry."""

    BUDGET_RESERVED = strawberry.enum_value(
        "budget_reserved", description="A funder's money was set aside for a campaign."
    )
    CLAIMED = strawberry.enum_value("claimed", description="Somebody got a voucher.")
    REDEEMED = strawberry.enum_value("redeemed", description="A merchant took one for money.")
    REVERSED = strawberry.enum_value("reversed", description="That was taken back.")
    EXPIRED = strawberry.enum_value(
        "expired", description="What was left of a voucher went back to its campaign."
    )
    BUDGET_RELEASED = strawberry.enum_value(
        "budget_released", description="What nobody claimed went back to the funder."
    )


@strawberry.type(description="What one account gets of an entry; what it gives is negative.")
class LedgerLeg:
    """See vouchers.domain.ledger.entry."""

    account: str = strawberry.field(
        description="funder:…, campaign:…, holders:… (of a campaign), merchant:…"
    )
    amount_fen: SafeInt = strawberry.field(description="How much.")


@strawberry.type(description="One event with all its legs, which come to zero.")
class LedgerEntry:
    """See vouchers.domain.ledger.entry."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    seq: int | None = strawberry.field(
        description="Its number in the books of the community; null until it is sealed."
    )
    kind: LedgerEntryKind = strawberry.field(description="What happened.")
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    voucher_id: strawberry.ID | None = strawberry.field(description="The voucher, if of one.")
    redemption_id: strawberry.ID | None = strawberry.field(description="The redemption, if of one.")
    merchant_id: strawberry.ID | None = strawberry.field(description="The merchant, if of one.")
    store_id: strawberry.ID | None = strawberry.field(description="The store, if of one.")
    amount_fen: SafeInt = strawberry.field(description="What moved.")
    legs: list[LedgerLeg] = strawberry.field(description="From where, and where to.")
    occurred_at: datetime = strawberry.field(description="When it happened.")
    posted_at: datetime = strawberry.field(description="When it was entered.")
    link: str | None = strawberry.field(
        description="A keyed hash of it and of the link before; null until it is sealed."
    )

    @classmethod
    def of(cls, kept: entry.LedgerEntry) -> "LedgerEntry":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            seq=kept.seq,
            kind=LedgerEntryKind[kept.kind.name],
            campaign_id=strawberry.ID(kept.campaign_id),
            voucher_id=_id(kept.voucher_id),
            redemption_id=_id(kept.use_id),
            merchant_id=_id(kept.merchant_id),
            store_id=_id(kept.store_id),
            amount_fen=SafeInt(kept.amount_fen),
            legs=[
                LedgerLeg(account=e.account, amount_fen=SafeInt(e.amount_fen)) for e in kept.legs
            ],
            occurred_at=kept.occurred_at,
            posted_at=kept.posted_at,
            link=kept.link,
        )


@strawberry.type(description="What one redemption, or taking it back, changes for a merchant.")
class StatementLine:
    """See vouchers.domain.ledger.entry."""

    id: strawberry.ID = strawberry.field(description="The entry in the books.")
    kind: LedgerEntryKind = strawberry.field(description="Redeemed, or taken back.")
    redemption_id: strawberry.ID | None = strawberry.field(description="The redemption.")
    store_id: strawberry.ID | None = strawberry.field(description="The store.")
    amount_fen: SafeInt = strawberry.field(
        description="What the merchant is to be paid for it; negative where it was taken back."
    )
    occurred_at: datetime = strawberry.field(description="When it happened.")

    @classmethod
    def of(cls, kept: entry.LedgerEntry) -> "StatementLine":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            kind=LedgerEntryKind[kept.kind.name],
            redemption_id=_id(kept.use_id),
            store_id=_id(kept.store_id),
            amount_fen=SafeInt(kept.merchant_fen),
            occurred_at=kept.occurred_at,
        )


@strawberry.type(description="What a merchant is to be paid for a period, line by line.")
class MerchantStatement:
    """See vouchers.application.ledger.read_ledger."""

    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
    begins_at: datetime = strawberry.field(description="The start of the period.")
    ends_at: datetime = strawberry.field(description="Its end, itself not included.")
    total_fen: SafeInt = strawberry.field(
        description="What all lines of the period come to, those of other pages included."
    )
    lines: Connection[StatementLine] = strawberry.field(description="The lines, in order.")


def _id(kept: str | None) -> strawberry.ID | None:
    return strawberry.ID(kept) if kept else None

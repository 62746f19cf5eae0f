"""A community's vouchers at a glance."""

from datetime import datetime

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    Rate,
    checked_first,
    connection_of,
    rate_of,
)
from chassis.scalars import SafeInt

from vouchers.api.cards import loaders
from vouchers.api.cards.types import Voucher
from vouchers.api.context import Info, actor
from vouchers.api.paging import After, First, place_by_id
from vouchers.application.ledger import ports, voucher_figures


@strawberry.type(description="Share of the claimed vouchers that were used, in part or whole.")
class UsedVouchers(Rate):
    """See vouchers.application.ledger.voucher_figures."""

    @strawberry.field(description="The vouchers that were used.")
    async def rows(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Voucher] | None:
        """One page."""
        page = await info.context.application.ledger.figures.used(
            actor(info), first=checked_first(first), after=place_by_id(after)
        )
        return connection_of(page, Voucher.of, after=after)


@strawberry.type(description="Whom a merchant had through vouchers, each person once.")
class MerchantCustomers:
    """See vouchers.application.ledger.ports."""

    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
    new: int = strawberry.field(description="Who has used vouchers there once.")
    returning: int = strawberry.field(description="Who has used vouchers there more than once.")

    @strawberry.field(description="What the merchant is called; null for one no longer known.")
    async def merchant_name(self, info: Info) -> str | None:
        """By the loader."""
        merchant = await info.context.load(loaders.shops, str(self.merchant_id))
        return merchant.name if merchant else None

    @classmethod
    def of(cls, counted: ports.MerchantCustomers) -> "MerchantCustomers":
        """As the graph shows it."""
        return cls(
            merchant_id=strawberry.ID(counted.merchant_id),
            new=counted.new,
            returning=counted.returning,
        )


@strawberry.type(description="Whether books and vouchers say the same.")
class LedgerInBalance:
    """See vouchers.application.ledger.voucher_figures."""

    balanced: bool = strawberry.field(
        description="False also for the moment between an event and its entry."
    )
    sealed_through: int = strawberry.field(description="The number of the last sealed entry.")
    as_of: datetime = strawberry.field(description="When they were compared.")


@strawberry.type(description="A community's vouchers at a glance; amounts are whole fen.")
class VoucherFigures:
    """See vouchers.application.ledger.voucher_figures."""

    budget_fen: SafeInt = strawberry.field(description="What was approved for campaigns in all.")
    claimed_fen: SafeInt = strawberry.field(description="The face value of all that was claimed.")
    redeemed_fen: SafeInt = strawberry.field(description="What of it merchants were paid with.")
    open_fen: SafeInt = strawberry.field(description="What of it can still be used.")
    lapsing_fen: SafeInt = strawberry.field(
        description="What red packets left that were used for less; it expires with them."
    )
    expired_fen: SafeInt = strawberry.field(description="What of it was never used in time.")
    rewards_owed: int = strawberry.field(
        description="How many rewards were earned and wait for their campaign to give them."
    )
    merchants_redeeming: int = strawberry.field(description="How many merchants took a voucher.")
    customers: list[MerchantCustomers] = strawberry.field(
        description="Whom they had: the hundred to which most people came, these first."
    )
    used: UsedVouchers = strawberry.field(description="How many of the claimed were used.")
    ledger_in_balance: LedgerInBalance = strawberry.field(
        description="Whether the books say the same."
    )

    @classmethod
    def of(cls, figures: voucher_figures.VoucherFigures) -> "VoucherFigures":
        """As the graph shows them."""
        sums, balance = figures.sums, figures.balance
        return cls(
            budget_fen=SafeInt(figures.budget_fen),
            claimed_fen=SafeInt(sums.face_value_fen),
            redeemed_fen=SafeInt(sums.redeemed_fen),
            open_fen=SafeInt(sums.open_fen),
            lapsing_fen=SafeInt(sums.lapsing_fen),
            expired_fen=SafeInt(sums.expired_fen),
            rewards_owed=figures.rewards_owed,
            merchants_redeeming=figures.merchants_redeeming,
            customers=[MerchantCustomers.of(each) for each in figures.customers],
            used=UsedVouchers(
                **rate_of(
                    numerator=figures.used_count, denominator=sums.claimed, as_of=figures.as_of
                )
            ),
            ledger_in_balance=LedgerInBalance(
                balanced=balance.balanced,
                sealed_through=balance.sealed_through,
                as_of=figures.as_of,
            ),
        )

"""The figures of a community's vouchers."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from vouchers.application.authorisation import demand_for_all
from vouchers.application.cards.owed_rewards import OwedRewards
from vouchers.application.ledger.ports import (
    LedgerEntries,
    LedgerHeads,
    MerchantCustomers,
    VoucherCounts,
    VoucherSums,
)
from vouchers.application.ports import Cursor, Now, Page
from vouchers.domain.actors import Actor
from vouchers.domain.cards.permissions import READ_FIGURES
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.ledger.entry import EntryKind

MOST_MERCHANTS = 100


class LedgerBalance(msgspec.Struct, frozen=True):
    """Whether books and vouchers say the same at this moment.

    Attributes:
        sealed_through: the number of the last sealed entry.
    """

    balanced: bool
    sealed_through: int


class VoucherFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the vouchers of a community come to, in fen.

    Attributes:
        rewards_owed: earned, and to be given as soon as a campaign can.
        customers: of the merchants that most people came to, at most `MOST_MERCHANTS`.
    """

    budget_fen: int
    sums: VoucherSums
    used_count: int
    rewards_owed: int
    merchants_redeeming: int
    customers: tuple[MerchantCustomers, ...]
    balance: LedgerBalance
    as_of: datetime


@dataclass(frozen=True)
class ReadVoucherFigures:
    """Each is counted when it is asked for, by an index."""

    counts: VoucherCounts
    entries: LedgerEntries
    heads: LedgerHeads
    owed: OwedRewards
    now: Now

    async def __call__(self, actor: Actor) -> VoucherFigures:
        """All of them. Raises: Forbidden."""
        demand_for_all(actor, READ_FIGURES)
        community_id = actor.community_id
        sums = await self.counts.sums(community_id)
        moved = await self.entries.moved_fen(community_id)
        head = await self.heads.find(community_id)

        def of(kind: EntryKind) -> int:
            return moved.get(kind, 0)

        booked_fen = of(EntryKind.REDEEMED) - of(EntryKind.REVERSED)
        balanced = (
            of(EntryKind.CLAIMED) == sums.face_value_fen
            and of(EntryKind.EXPIRED) == sums.expired_fen
            and booked_fen == sums.redeemed_fen
        )
        customers = await self.counts.customers(community_id)
        return VoucherFigures(
            budget_fen=of(EntryKind.BUDGET_RESERVED),
            sums=sums,
            used_count=await self.counts.used_count(community_id),
            rewards_owed=await self.owed.count(community_id),
            merchants_redeeming=len(customers),
            customers=tuple(sorted(customers, key=_most_people_first)[:MOST_MERCHANTS]),
            balance=LedgerBalance(balanced, head.seq if head else 0),
            as_of=self.now(),
        )

    async def used(self, actor: Actor, *, first: int, after: Cursor | None) -> Page[Voucher]:
        """The vouchers that were used. Raises: Forbidden."""
        demand_for_all(actor, READ_FIGURES)
        return await self.counts.used(actor.community_id, first=first, after=after)


def _most_people_first(counted: MerchantCustomers) -> tuple[int, str]:
    return -(counted.new + counted.returning), counted.merchant_id

"""What is read of the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from chassis.errors import BadUserInput

from vouchers.application.authorisation import demand_for_all
from vouchers.application.ledger.ports import LedgerEntries
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Cursor, Page
from vouchers.domain.actors import Actor
from vouchers.domain.ledger.entry import LedgerEntry
from vouchers.domain.ledger.permissions import READ_LEDGER, READ_OWN_STATEMENT, READ_STATEMENT
from vouchers.domain.merchants.errors import MerchantNotFound
from vouchers.domain.permissions import may

_LONGEST = timedelta(days=366)


class Statement(msgspec.Struct, frozen=True):
    """What changed for a merchant in [begins_at, ends_at); the total is of all its lines."""

    merchant_id: str
    begins_at: datetime
    ends_at: datetime
    total_fen: int
    items: Sequence[LedgerEntry]
    cursors: Sequence[Cursor]
    has_next_page: bool


class StatementOrder(msgspec.Struct, frozen=True):
    """Which statement.

    Attributes:
        merchant_id: None for one's own.
    """

    merchant_id: str | None
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class ReadLedger:
    """The entries for who audits, and a merchant's own lines for the merchant."""

    entries: LedgerEntries
    merchants: Merchants

    async def newest_first(
        self, actor: Actor, *, first: int, after: Cursor | None
    ) -> Page[LedgerEntry]:
        """The sealed entries, the last first. Raises: Forbidden."""
        demand_for_all(actor, READ_LEDGER)
        return await self.entries.newest_first(actor.community_id, first=first, after=after)

    async def statement(
        self, actor: Actor, order: StatementOrder, *, first: int, after: Cursor | None
    ) -> Statement:
        """A merchant's statement.

        Raises: Forbidden; MerchantNotFound for another's, too; BadUserInput for the period.
        """
        merchant_id = await self._merchant_id(actor, order.merchant_id)
        begins_at, ends_at = order.begins_at, order.ends_at
        if not timedelta() < ends_at - begins_at <= _LONGEST:
            raise BadUserInput("对账结束时间须晚于开始时间，且不超过 366 天。", input_name="to")
        page = await self.entries.of_merchant(
            actor.community_id, merchant_id, begins_at, ends_at, first=first, after=after
        )
        total_fen = await self.entries.merchant_total_fen(
            actor.community_id, merchant_id, begins_at, ends_at
        )
        return Statement(
            merchant_id,
            begins_at,
            ends_at,
            total_fen,
            page.items,
            page.cursors,
            page.has_next_page,
        )

    async def _merchant_id(self, actor: Actor, asked: str | None) -> str:
        if may(actor, READ_OWN_STATEMENT):
            (own,) = actor.merchant_ids or ("",)
            if not own or asked not in {None, own}:
                raise MerchantNotFound
            return own
        demand_for_all(actor, READ_STATEMENT)
        if asked is None:
            raise MerchantNotFound
        return (await self.merchants.get(actor.community_id, asked)).id

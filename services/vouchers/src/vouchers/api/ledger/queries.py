"""What can be asked of the books."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for
from chassis.scalars import SafeInt

from vouchers.api.context import Info, actor
from vouchers.api.ledger.types import LedgerEntry, MerchantStatement, StatementLine
from vouchers.api.moments import checked_moment
from vouchers.api.paging import After, First, place_by_moment, place_by_number
from vouchers.application.ledger.read_ledger import StatementOrder
from vouchers.domain.merchants.errors import MerchantNotFound


@strawberry.type
class LedgerQueries:
    """The part of Query that is about the books."""

    @strawberry.federation.field(
        description="The sealed entries of the books, the last first.",
        authenticated=True,
        requires_scopes=scopes_for("secretary", "auditor"),
    )
    async def ledger_entries(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[LedgerEntry] | None:
        """See ReadLedger."""
        page = await info.context.application.ledger.read.newest_first(
            actor(info), first=checked_first(first), after=place_by_number(after)
        )
        return connection_of(page, LedgerEntry.of, after=after)

    @strawberry.federation.field(
        description="What a merchant is to be paid for a period; null for a merchant that the "
        "caller does not see.",
        authenticated=True,
        requires_scopes=scopes_for("merchant", "clerk", "secretary", "auditor"),
    )
    async def merchant_statement(
        self,
        info: Info,
        from_: Annotated[
            datetime, strawberry.argument(name="from", description="The start of the period.")
        ],
        to: Annotated[
            datetime,
            strawberry.argument(description="Its end, itself not included; 366 days at most."),
        ],
        merchant_id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="The merchant; a merchant's own if left out."),
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> MerchantStatement | None:
        """See ReadLedger."""
        order = StatementOrder(
            merchant_id=str(merchant_id) if merchant_id else None,
            begins_at=checked_moment(from_, "from"),
            ends_at=checked_moment(to, "to"),
        )
        try:
            statement = await info.context.application.ledger.read.statement(
                actor(info), order, first=checked_first(first), after=place_by_moment(after)
            )
        except MerchantNotFound:
            return None
        return MerchantStatement(
            merchant_id=strawberry.ID(statement.merchant_id),
            begins_at=statement.begins_at,
            ends_at=statement.ends_at,
            total_fen=SafeInt(statement.total_fen),
            lines=connection_of(statement, StatementLine.of, after=after),
        )

"""What residents can ask of vouchers."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import DEFAULT_FIRST, Connection, checked_first, connection_of
from chassis.graphql import scopes_for

from vouchers.api.cards.results import VoucherCodeResult
from vouchers.api.cards.types import LiveCampaign, Voucher, VoucherCode
from vouchers.api.context import Info, actor
from vouchers.api.paging import After, First, place_by_moment

_RESIDENT = scopes_for("resident")


@strawberry.type
class CardQueries:
    """The part of Query that is about vouchers."""

    @strawberry.federation.field(
        description="The campaigns that residents of the caller's estate can claim from, now or "
        "soon, the newest first; at most 50.",
        authenticated=True,
        requires_scopes=_RESIDENT,
    )
    async def live_campaigns(self, info: Info) -> list[LiveCampaign] | None:
        """See ReadVouchers."""
        live = await info.context.application.cards.read.live(actor(info))
        return [LiveCampaign.of(each) for each in live]

    @strawberry.federation.field(
        description="The caller's vouchers, the latest claimed first.",
        authenticated=True,
        requires_scopes=_RESIDENT,
    )
    async def my_vouchers(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Voucher] | None:
        """See ReadVouchers."""
        page = await info.context.application.cards.read.listed(
            actor(info), first=checked_first(first), after=place_by_moment(after)
        )
        return connection_of(page, Voucher.of, after=after)

    @strawberry.federation.field(
        description="The code to show at a till now, for one of the caller's vouchers.",
        authenticated=True,
        requires_scopes=_RESIDENT,
    )
    async def voucher_code(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The voucher.")],
    ) -> VoucherCodeResult | None:
        """See ShowCode."""
        shown = await info.context.application.cards.show_code(actor(info), str(id))
        return VoucherCode.of(shown)

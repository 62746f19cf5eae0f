"""A community, as far as its money goes."""

import strawberry
from chassis.graphql import scopes_for

from vouchers.api.context import Info, actor
from vouchers.api.ledger.figures import VoucherFigures


@strawberry.federation.type(keys=["id"], description="A community.")
class Community:
    """The part of a community that this service knows."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Community | None":  # noqa: A002
        """The caller's own community; another is as unknown as one that never was."""
        return cls(id=id) if id == info.context.require_principal().community_id else None

    @strawberry.federation.field(
        description="Its vouchers at a glance.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary", "auditor"),
    )
    async def voucher_figures(self, info: Info) -> VoucherFigures | None:
        """Each figure is counted when it is asked for."""
        return VoucherFigures.of(await info.context.application.ledger.figures(actor(info)))

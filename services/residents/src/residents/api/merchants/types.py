"""The types of the graph that merchants' clients are."""

from datetime import datetime
from enum import Enum

import strawberry

from residents.domain.merchants import merchant_client as domain
from residents.domain.session import Client


@strawberry.enum(description="What a merchant's system is.")
class MerchantClientKind(Enum):
    """See residents.domain.session."""

    TILL = strawberry.enum_value("till", description="A till, or the software behind it.")
    PORTAL = strawberry.enum_value("portal", description="The merchant's own web page.")

    def in_domain(self) -> Client:
        """As the domain has it."""
        return Client[self.name]


@strawberry.type(description="What a merchant's system gets tokens by; its secret is not kept.")
class MerchantClient:
    """See residents.domain.merchants.merchant_client."""

    id: strawberry.ID = strawberry.field(description="Its id: `client_id` at /oauth/token.")
    merchant_id: strawberry.ID = strawberry.field(description="Whose it is.")
    kind: MerchantClientKind = strawberry.field(description="What it is.")
    issued_at: datetime = strawberry.field(description="When it was made.")
    issued_by: strawberry.ID = strawberry.field(description="The account that made it.")
    revoked_at: datetime | None = strawberry.field(
        description="Since when it gets no tokens; null for one in use."
    )
    revoked_by: strawberry.ID | None = strawberry.field(description="The account that saw to it.")

    @classmethod
    def of(cls, kept: domain.MerchantClient) -> "MerchantClient":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            merchant_id=strawberry.ID(kept.merchant_id),
            kind=MerchantClientKind[kept.kind.name],
            issued_at=kept.issued_at,
            issued_by=strawberry.ID(kept.issued_by),
            revoked_at=kept.revoked_at,
            revoked_by=strawberry.ID(kept.revoked_by) if kept.revoked_by else None,
        )

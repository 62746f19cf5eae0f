"""Which clients a merchant has."""

from dataclasses import dataclass

from residents.application.authorisation import demand_for_all
from residents.application.listing import PageOf
from residents.application.merchants.ports import KnownMerchants, MerchantClients
from residents.application.ports import Cursor
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.merchants.permissions import MERCHANT_CLIENTS
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ListClients:
    """For the office."""

    clients: MerchantClients
    merchants: KnownMerchants

    async def __call__(
        self, actor: Actor, merchant_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[MerchantClient] | None:
        """The newest first; None for an unknown merchant. Raises: Forbidden."""
        demand_for_all(actor, MERCHANT_CLIENTS)
        if await self.merchants.get(actor.community_id, merchant_id) is None:
            return None
        return await self.clients.of_merchant(
            actor.community_id, merchant_id, first=first, after=after
        )

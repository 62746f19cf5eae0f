"""Which clients a merchant has."""

from dataclasses import dataclass

from residents.application.authorisation import demand
from residents.application.listing import PageOf
from residents.application.merchants.ports import MerchantClients
from residents.application.ports import Cursor
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.merchants.permissions import MERCHANT_CLIENTS
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ListClients:
    """For the office."""

    clients: MerchantClients

    async def __call__(
        self, actor: Actor, merchant_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[MerchantClient]:
        """The newest first; none of an unknown merchant. Raises: Forbidden."""
        demand(actor, MERCHANT_CLIENTS)
        return await self.clients.of_merchant(
            actor.community_id, merchant_id, first=first, after=after
        )

"""What merchants' clients need from outside."""

from typing import Protocol

from residents.application.listing import PageOf
from residents.application.ports import Cursor, Kept
from residents.domain.merchants.merchant_client import KnownMerchant, MerchantClient


class MerchantClients(Kept[MerchantClient], Protocol):
    """get and change raise MerchantClientNotFound."""

    async def of_id(self, client_id: str) -> MerchantClient | None:
        """Whose client this is, in whatever community: a client names only itself."""

    async def of_merchant(
        self, community_id: str, merchant_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[MerchantClient]:
        """A merchant's clients, the newest first; those revoked as well."""


class KnownMerchants(Protocol):
    """What vouchers told of merchants, the latest of each."""

    async def put(
        self, subject: str, community_id: str, sequence: int, state: KnownMerchant
    ) -> bool:
        """Remember it, unless something later is known already."""

    async def get(self, community_id: str, subject: str) -> KnownMerchant | None:
        """None of one that nobody told of."""

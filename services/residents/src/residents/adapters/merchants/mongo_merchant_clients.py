"""Merchants' clients in MongoDB, and what was heard of merchants."""

from chassis.aggregates import Aggregates, Page
from chassis.clock import Now, utc_now
from chassis.mongo import Index, Store
from chassis.projection import Projection

from residents.application.ports import Cursor
from residents.domain.events import SERVICE_TOPIC
from residents.domain.merchants.errors import MerchantClientNotFound
from residents.domain.merchants.merchant_client import KnownMerchant, MerchantClient

_NEWEST_FIRST = (("issued_at", -1), ("_id", -1))

INDEXES = (
    Index(
        collection="merchant_clients",
        keys=(("community_id", 1), ("merchant_id", 1), ("issued_at", 1), ("_id", 1)),
    ),
)


class MongoMerchantClients(Aggregates[MerchantClient]):
    """See `MerchantClients`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            "merchant_clients",
            MerchantClient,
            topic=SERVICE_TOPIC,
            not_found=lambda _: MerchantClientNotFound(),
            now=now,
        )

    async def of_id(self, client_id: str) -> MerchantClient | None:
        """See `MerchantClients.of_id`."""
        found = await self.collection.find_one({"_id": client_id})
        return await self._aggregate(found) if found else None

    async def of_merchant(
        self, community_id: str, merchant_id: str, *, first: int, after: Cursor | None
    ) -> Page[MerchantClient]:
        """See `MerchantClients.of_merchant`."""
        where = {"community_id": community_id, "merchant_id": merchant_id}
        return await self.page(where, sort=_NEWEST_FIRST, first=first, after=after)


def known_merchants(store: Store) -> Projection[KnownMerchant]:
    """See `KnownMerchants`."""
    return Projection(store, "known_merchants", KnownMerchant)

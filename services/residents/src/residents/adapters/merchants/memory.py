"""Merchants' clients in memory, for unit tests."""

from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.application.ports import Cursor
from residents.domain.merchants.errors import MerchantClientNotFound
from residents.domain.merchants.merchant_client import KnownMerchant, MerchantClient


class MemoryMerchantClients(MemoryAggregates[MerchantClient]):
    """See `MerchantClients`."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: MerchantClientNotFound())

    async def of_id(self, client_id: str) -> MerchantClient | None:
        """See `MerchantClients.of_id`."""
        return next((client for client in self.all if client.id == client_id), None)

    async def of_merchant(
        self, community_id: str, merchant_id: str, *, first: int, after: Cursor | None
    ) -> Page[MerchantClient]:
        """See `MerchantClients.of_merchant`."""
        found = sorted(
            (
                ((client.issued_at, client.id), client)
                for client in self.all
                if (client.community_id, client.merchant_id) == (community_id, merchant_id)
            ),
            key=lambda row: row[0],
            reverse=True,
        )
        rest = [row for row in found if after is None or row[0] < after]
        return Page(
            [client for _, client in rest[:first]],
            [place for place, _ in rest[:first]],
            len(rest) > first,
        )


class MemoryKnownMerchants:
    """See `KnownMerchants`."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[int, KnownMerchant]] = {}

    async def put(
        self, subject: str, community_id: str, sequence: int, state: KnownMerchant
    ) -> bool:
        """See `KnownMerchants.put`."""
        there = self._known.get((community_id, subject))
        if there is not None and there[0] >= sequence:
            return False
        self._known[community_id, subject] = sequence, state
        return True

    async def get(self, community_id: str, subject: str) -> KnownMerchant | None:
        """See `KnownMerchants.get`."""
        there = self._known.get((community_id, subject))
        return there and there[1]

"""End what a client, or every client of a merchant, has open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from residents.application.listing import PageOf, every_page
from residents.application.merchants.ports import MerchantClients
from residents.application.ports import Cursor, Sessions
from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Session


@dataclass(frozen=True)
class EndClientSessions:
    """A client's session lives as long as its one token: older ones have ended by themselves."""

    clients: MerchantClients
    sessions: Sessions

    async def of_merchant(self, community_id: str, merchant_id: str, at: datetime) -> None:
        """Emits: session.revoked v1 for each session that still stood."""

        async def read(first: int, after: Cursor | None) -> PageOf[MerchantClient]:
            return await self.clients.of_merchant(
                community_id, merchant_id, first=first, after=after
            )

        async for client in every_page(read):
            await self.of_client(client, at)

    async def of_client(self, client: MerchantClient, at: datetime) -> None:
        """Emits: session.revoked v1 for each session that still stood."""

        async def read(first: int, after: Cursor | None) -> PageOf[Session]:
            begun_since = at - ACCESS_TOKEN_LIFETIME
            return await self.sessions.begun_since(
                client.account, begun_since, first=first, after=after
            )

        def revoke(session: Session) -> tuple[Session, Sequence[Event]]:
            return session.revoke(at)

        for standing in [session async for session in every_page(read)]:
            await self.sessions.change(GLOBAL, standing.id, revoke)

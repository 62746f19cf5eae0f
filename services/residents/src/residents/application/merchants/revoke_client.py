"""Take a merchant's client out of use."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.merchants.end_client_sessions import EndClientSessions
from residents.application.merchants.ports import MerchantClients
from residents.application.ports import Now
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.merchants.permissions import REVOKE_MERCHANT_CLIENT
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RevokeClient:
    """No more tokens at once, and then the end of those it has; a repeat goes on with that."""

    clients: MerchantClients
    end_sessions: EndClientSessions
    now: Now

    async def __call__(self, actor: Actor, client_id: str, *, request: Request) -> MerchantClient:
        """Revoke it.

        Raises: Forbidden; MerchantClientNotFound; RequestIdReused.
        Emits: session.revoked v1 for each session that still stood.
        """
        demand_for_all(actor, REVOKE_MERCHANT_CLIENT)
        at = self.now()
        revoked = await self.clients.change(
            actor.community_id, client_id, lambda client: client.revoke(actor, at), request=request
        )
        await self.end_sessions.of_client(revoked, at)
        return revoked

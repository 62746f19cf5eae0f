"""Let a merchant's clients in or out, as vouchers tells."""

from dataclasses import dataclass

from residents.application.merchants.end_client_sessions import EndClientSessions
from residents.application.merchants.ports import KnownMerchants
from residents.application.ports import Now
from residents.domain.merchants.merchant_client import KnownMerchant


@dataclass(frozen=True)
class SettleMerchant:
    """The latest that was told counts, in whatever order it comes."""

    merchants: KnownMerchants
    end_sessions: EndClientSessions
    now: Now

    async def __call__(
        self, community_id: str, merchant_id: str, sequence: int, *, is_approved: bool
    ) -> None:
        """Remember it; of one that is shut out no session stands after it.

        A token that is being made meanwhile is looked at again before it is given out.

        Emits: session.revoked v1 for each session that still stood.
        """
        await self.merchants.put(
            merchant_id, community_id, sequence, KnownMerchant(is_approved=is_approved)
        )
        known = await self.merchants.get(community_id, merchant_id)
        if known is not None and not known.is_approved:
            await self.end_sessions.of_merchant(community_id, merchant_id, self.now())

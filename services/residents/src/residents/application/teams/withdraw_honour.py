"""Take back an honour that was entered in error, or was itself taken back."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.teams.ports import Honours
from residents.domain.roles import Actor
from residents.domain.teams.honour import Honour
from residents.domain.teams.permissions import WITHDRAW_HONOUR


@dataclass(frozen=True)
class WithdrawHonour:
    """One write; it stays to be seen, as withdrawn."""

    honours: Honours
    now: Now

    async def __call__(
        self, actor: Actor, honour_id: str, *, reason: str, request: Request
    ) -> Honour:
        """Raises: Forbidden; HonourNotFound; ReasonMissing; RequestIdReused."""
        demand(actor, WITHDRAW_HONOUR)
        at = self.now()
        return await self.honours.change(
            actor.community_id,
            honour_id,
            lambda honour: honour.withdraw(reason, at),
            request=request,
        )

"""End the session that the caller acts from."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now, Sessions
from residents.domain.login import GLOBAL
from residents.domain.permissions import LOG_OUT
from residents.domain.roles import Actor
from residents.domain.session import Session


@dataclass(frozen=True)
class LogOut:
    """The one thing that every role may do."""

    sessions: Sessions
    now: Now

    async def __call__(self, actor: Actor, *, request: Request) -> Session:
        """Raises: SessionNotFound; RequestIdReused. Emits: session.revoked v1."""
        demand(actor, LOG_OUT)
        at = self.now()
        return await self.sessions.change(
            GLOBAL, actor.session_id, lambda session: session.revoke(at), request=request
        )

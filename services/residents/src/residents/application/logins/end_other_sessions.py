"""End all sessions of an account but the one at hand."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.ports import Now, Sessions
from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.roles import Actor
from residents.domain.session import Session


@dataclass(frozen=True)
class EndOtherSessions:
    """One write a session."""

    sessions: Sessions
    now: Now

    async def __call__(self, actor: Actor, *, request: Request | None = None) -> list[Session]:
        """End all but the one that the actor acts from. Emits: session.revoked v1 for each."""
        at = self.now()

        def revoke(session: Session) -> tuple[Session, tuple[Event, ...]]:
            return session.revoke(at)

        standing = await self.sessions.standing_of(actor.account_id)
        return [
            await self.sessions.change(GLOBAL, session.id, revoke, request=request)
            for session in standing
            if session.id != actor.session_id
        ]

"""End a session: one's own, or as secretary of the whole community anybody's in it."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now, Sessions
from residents.domain.errors import SessionNotFound
from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.permissions import REVOKE_OWN_SESSION, REVOKE_SESSION
from residents.domain.roles import Actor
from residents.domain.session import Session


@dataclass(frozen=True)
class RevokeSession:
    """What the caller may not end looks like what does not exist."""

    sessions: Sessions
    now: Now

    async def __call__(self, actor: Actor, session_id: str, *, request: Request) -> Session:
        """Raises: SessionNotFound; RequestIdReused. Emits: session.revoked v1."""
        demand(actor, REVOKE_OWN_SESSION)
        at = self.now()

        def revoke(session: Session) -> tuple[Session, tuple[Event, ...]]:
            if not _is_within_reach(actor, session):
                raise SessionNotFound
            return session.revoke(at)

        return await self.sessions.change(GLOBAL, session_id, revoke, request=request)


def _is_within_reach(actor: Actor, session: Session) -> bool:
    if session.account.community_id != actor.community_id:
        return False
    is_own = session.account.account_id == actor.account_id
    return is_own or actor.holds_for_all(*REVOKE_SESSION.roles)

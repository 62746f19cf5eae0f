"""End every session of an account that may no longer act."""

from dataclasses import dataclass
from datetime import datetime

from residents.application.ports import Sessions
from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.session import Session


@dataclass(frozen=True)
class EndSessionsOfAccount:
    """Told once or five times, each session ends once."""

    sessions: Sessions

    async def __call__(self, account_id: str, *, at: datetime) -> None:
        """Emits: session.revoked v1 for each session that still stood."""

        def revoke(session: Session) -> tuple[Session, tuple[Event, ...]]:
            return session.revoke(at)

        for session in await self.sessions.standing_of(account_id):
            await self.sessions.change(GLOBAL, session.id, revoke)

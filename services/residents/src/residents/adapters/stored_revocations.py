"""Ended sessions as the service that ends them knows them: from its own store, without Kafka."""

import asyncio

import structlog
from chassis.clock import Now
from chassis.errors import StoreUnavailable
from chassis.readiness import NotReady
from chassis.revocation import CURRENT, REMEMBERED_FOR, RevokedSessions

from residents.application.ports import Sessions

_READ_EVERY_SECONDS = 1.0
_log = structlog.stdlib.get_logger("residents.stored_revocations")


class StoredRevocations(RevokedSessions):
    """Reads what was ended lately every second; while the store is away it keeps what it knows."""

    def __init__(self, sessions: Sessions, *, now: Now) -> None:
        super().__init__(now=now)
        self._sessions = sessions
        self._now = now
        self._was_read = False

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            try:
                await self.read()
            except StoreUnavailable:
                CURRENT.set(0)
                _log.warning("ended sessions cannot be read, those known stay")
            await asyncio.sleep(_READ_EVERY_SECONDS)

    async def read(self) -> None:
        """Read once. Raises: StoreUnavailable."""
        for session in await self._sessions.revoked_since(self._now() - REMEMBERED_FOR):
            if session.revoked_at is not None:
                self.revoke(session.id, session.revoked_at)
        self._was_read = True
        CURRENT.set(1)

    async def ready(self) -> None:
        """See `chassis.revocation.KnownRevocations.ready`."""
        if not self._was_read:
            raise NotReady("ended sessions have not been read yet")

"""Sessions that were ended before their tokens expired."""

from collections.abc import Callable
from datetime import datetime, timedelta

LONGEST_TOKEN_LIFE = timedelta(seconds=600)
TOPIC = "linli.residents.sessions"


class RevokedSessions:
    """The ended sessions that still matter, in memory; forgotten when their tokens are dead."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        longest_token_life: timedelta = LONGEST_TOKEN_LIFE,
    ) -> None:
        raise NotImplementedError

    def revoke(self, session_id: str, revoked_at: datetime) -> None:
        """Remember that this session was ended, and tell those who wait for it."""

    def is_revoked(self, session_id: str) -> bool:
        """Whether this session was ended."""
        raise NotImplementedError

    async def until_revoked(self, session_id: str) -> None:
        """Return when this session is ended; at once if it already is."""


class SessionRevocations(RevokedSessions):
    """RevokedSessions filled from the compacted topic, read from its beginning without a group."""

    def __init__(
        self,
        bootstrap_servers: str,
        *,
        now: Callable[[], datetime],
        topic: str = TOPIC,
        longest_token_life: timedelta = LONGEST_TOKEN_LIFE,
    ) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        """Read until cancelled."""

    async def ready(self) -> None:
        """Ready when the topic was read to its end, or when the broker is known to be away.

        Raises: NotReady.
        """

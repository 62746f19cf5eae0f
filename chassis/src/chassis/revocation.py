"""Sessions that were ended before their tokens expired."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
import structlog
from prometheus_client import Gauge

from chassis.identity import LEEWAY, Revocations
from chassis.kafka_access import KafkaAccess
from chassis.readiness import NotReady
from chassis.topic_tail import Record, TopicTail

LONGEST_TOKEN_LIFE = timedelta(seconds=600)
REMEMBERED_FOR = LONGEST_TOKEN_LIFE + LEEWAY
"""As long as a verifier believes a token that was made at the moment of the revocation."""
TOPIC = "linli.residents.sessions"

CURRENT = Gauge(
    "linli_session_revocations_current",
    "1 when ended sessions are known up to now, 0 when only the life of tokens bounds them.",
)
_log = structlog.stdlib.get_logger("chassis.revocation")


class KnownRevocations(Revocations, Protocol):
    """Ended sessions, with the work that keeps them known."""

    async def run(self) -> None:
        """Learn of them until cancelled."""

    async def ready(self) -> None:
        """Be ready when those of the past are known. Raises: NotReady."""


class _SessionRevoked(msgspec.Struct, frozen=True):
    session_id: str
    revoked_at: datetime


class RevokedSessions:
    """The ended sessions that still matter, in memory; forgotten when their tokens are dead."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        remembered_for: timedelta = REMEMBERED_FOR,
    ) -> None:
        self._now = now
        self._remembered_for = remembered_for
        self._revoked: dict[str, datetime] = {}
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._revoked)

    def revoke(self, session_id: str, revoked_at: datetime) -> None:
        """Remember that this session was ended, and tell those who wait for it."""
        self.forget()
        if revoked_at + self._remembered_for > self._now():
            self._revoked[session_id] = revoked_at
            for waiting in self._waiting.get(session_id, ()):
                waiting.set()

    def is_revoked(self, session_id: str) -> bool:
        """Whether this session was ended."""
        return session_id in self._revoked

    async def until_revoked(self, session_id: str) -> None:
        """Return when this session is ended; at once if it already is."""
        if not self.is_revoked(session_id):
            with self._listening(session_id) as told:
                await told.wait()

    def forget(self) -> None:
        """Drop those whose tokens have all expired. They come nearly in order of time."""
        oldest = self._now() - self._remembered_for
        while self._revoked:
            session_id = next(iter(self._revoked))
            if self._revoked[session_id] > oldest:
                return
            del self._revoked[session_id]

    @contextmanager
    def _listening(self, session_id: str) -> Iterator[asyncio.Event]:
        told = asyncio.Event()
        self._waiting[session_id].add(told)
        try:
            yield told
        finally:
            self._waiting[session_id].discard(told)
            if not self._waiting[session_id]:
                del self._waiting[session_id]


class SessionRevocations(RevokedSessions):
    """RevokedSessions filled from the compacted topic, read from its beginning without a group."""

    def __init__(
        self,
        kafka: KafkaAccess,
        *,
        now: Callable[[], datetime],
        topic: str = TOPIC,
        remembered_for: timedelta = REMEMBERED_FOR,
    ) -> None:
        super().__init__(now=now, remembered_for=remembered_for)
        self._tail = TopicTail(kafka, topic, self._handle, start="beginning", on_state=CURRENT.set)
        self._has_begun = False

    async def run(self) -> None:
        """Read until cancelled."""
        CURRENT.set(0)
        await self._tail.run()

    async def ready(self) -> None:
        """Ready once the topic was read to its end, or the broker was known to be away.

        From then on for ever: all apis would be out of service together while they read what they
        missed when a broker comes back. What is not known meanwhile, CURRENT says.

        Raises: NotReady.
        """
        self._has_begun = self._has_begun or self._tail.caught_up or self._tail.broker_is_away
        if not self._has_begun:
            raise NotReady("ended sessions have not been read yet")

    async def _handle(self, record: Record) -> None:
        if record.value is None:  # compacted away: its tokens are dead
            return
        event = msgspec.json.decode(record.value, type=_SessionRevoked)
        self.revoke(event.session_id, event.revoked_at)

"""The others, as far as this service hears of them, and what this service tells."""

from collections import Counter
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaProducer
from chassis.testing_events import OtherService
from chassis.topics import Topic

from chassis import testing_events

OTHERS_TOPICS = [
    Topic("linli.residents.events"),
    Topic("linli.issues.events"),
    Topic("linli.residents.sessions", compacted=True),
]
_EVENTS = "linli.vouchers.events"


class Others:
    """The other services, as far as this one hears of them."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self.residents = OtherService(producer, "residents", "linli.residents.events")
        self.issues = OtherService(producer, "issues", "linli.issues.events")
        self._sessions = OtherService(producer, "residents", "linli.residents.sessions")

    async def end_session(self, session_id: str, community_id: str, at: datetime) -> None:
        """Residents ends a session."""
        await self._sessions.tell(
            "session.revoked.v1", session_id, community_id, session_id=session_id, revoked_at=at
        )


async def told(
    bootstrap_servers: str, community_id: str, *, at_least: int, within_seconds: float = 20
) -> list[dict[str, Any]]:
    """What this service has told of a community since it began, in the order of each subject."""
    return await testing_events.told(
        bootstrap_servers,
        _EVENTS,
        community_id,
        lambda found: len(found) >= at_least,
        within_seconds=within_seconds,
    )


async def told_of_vouchers(
    bootstrap_servers: str, community_id: str, wanted: Counter[str], *, within_seconds: float = 60
) -> Counter[str]:
    """What this service has told of vouchers, by kind, once it is all that is wanted."""

    def kinds(found: list[dict[str, Any]]) -> Counter[str]:
        return Counter(each["type"] for each in found if "voucher_id" in each)

    return kinds(
        await testing_events.told(
            bootstrap_servers,
            _EVENTS,
            community_id,
            lambda found: kinds(found) >= wanted,
            within_seconds=within_seconds,
        )
    )

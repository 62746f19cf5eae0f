"""Outreach, as far as this service hears of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.testing_events import OtherService
from chassis.topics import Topic

OUTREACH_TOPIC = "linli.outreach.events"
OTHERS_TOPICS = [
    Topic(OUTREACH_TOPIC),
    Topic("linli.residents.events"),
    Topic("linli.residents.sessions", compacted=True),
]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Outreach(OtherService):
    """Tells of comments as outreach does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        super().__init__(producer, "outreach", OUTREACH_TOPIC)

    async def tell(
        self, event_type: str, subject: str, community_id: str, sequence: int = 1, **data: object
    ) -> None:
        """See OtherService; every event names its comment."""
        await super().tell(event_type, subject, community_id, sequence, comment_id=subject, **data)

    async def received(
        self,
        community_id: str,
        text: str = "楼道灯坏了",
        *,
        comment_id: str | None = None,
        received_at: datetime | None = None,
    ) -> str:
        comment_id = comment_id or new_id("comment")
        await self.tell(
            "comment.received.v1",
            comment_id,
            community_id,
            1,
            source="article",
            channel_id="channel_01jd8f6v5tev4b8f4z9x7m2k02",
            article_id="article_01jd8f6v5tev4b8f4z9x7m2k03",
            person_key="person_01jd8f6v5tev4b8f4z9x7m2k05",
            redacted_text=text,
            received_at=received_at or utc_now(),
        )
        return comment_id

    async def replied(
        self, community_id: str, comment_id: str, *, replied_at: datetime | None = None
    ) -> None:
        await self.tell(
            "comment.replied.v1",
            comment_id,
            community_id,
            2,
            person_key="person_01jd8f6v5tev4b8f4z9x7m2k05",
            replied_at=replied_at or utc_now(),
            replied_by="account_01jd8f6v5tev4b8f4z9x7m2k08",
        )

    async def edited(
        self, community_id: str, comment_id: str, text: str, *, sequence: int = 3
    ) -> None:
        await self.tell(
            "comment.edited.v1",
            comment_id,
            community_id,
            sequence,
            redacted_text=text,
            edited_at=NOW,
        )

    async def deleted(self, community_id: str, comment_id: str) -> None:
        await self.tell("comment.deleted.v1", comment_id, community_id, 4, deleted_at=NOW)

    async def joined(
        self,
        community_id: str,
        comment_id: str,
        *,
        sequence: int = 5,
        account_id: str = "account_01jd8f6v5tev4b8f4z9x7m2k09",
    ) -> None:
        await self.tell(
            "comment.joined.v1",
            comment_id,
            community_id,
            sequence,
            person_key="person_01jd8f6v5tev4b8f4z9x7m2k05",
            account_id=account_id,
            joined_person_key=None,
            how="link",
            joined_at=NOW,
        )


@asynccontextmanager
async def connected(bootstrap_servers: str) -> AsyncIterator[Outreach]:
    """Outreach with a connection to the broker."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap_servers) as producer:
        yield Outreach(producer)

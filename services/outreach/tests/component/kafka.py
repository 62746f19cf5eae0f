"""What goes over Kafka, read and written as another service does."""

from typing import Any

from aiokafka import AIOKafkaProducer

from chassis import testing_events

_EVENTS = "linli.outreach.events"


async def told(bootstrap_servers: str, community_id: str, *, at_least: int) -> list[dict[str, Any]]:
    """What outreach told of a community so far, at least so much: its types beside the data."""
    return await testing_events.told(
        bootstrap_servers, _EVENTS, community_id, lambda found: len(found) >= at_least
    )


async def tell(
    bootstrap_servers: str,
    service: str,
    event_type: str,
    subject: str,
    community_id: str,
    sequence: int = 1,
    **data: object,
) -> None:
    """Tell of something as another service does."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap_servers) as producer:
        other = testing_events.OtherService(producer, service, f"linli.{service}.events")
        await other.tell(event_type, subject, community_id, sequence, **data)

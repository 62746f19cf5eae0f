"""What is told over a real Kafka between the beginning and the end of a play."""

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from chassis.kafka_access import KafkaAccess
from chassis.topics import Topic, create_topics
from local_stack.ports import free_port
from story.page.tape import SERVICES, EventTape, TapeTorn

TOPIC = "linli.issues.events"


@pytest.fixture
async def producer(kafka_bootstrap_servers: str) -> AsyncIterator[AIOKafkaProducer]:
    topics = [Topic(f"linli.{service}.events") for service in SERVICES]
    await create_topics(KafkaAccess(kafka_bootstrap_servers), topics)
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers)
    await producer.start()
    yield producer
    await producer.stop()


async def tell(producer: AIOKafkaProducer, community_id: str, number: int) -> None:
    headers = {
        "ce_id": f"event_{number}",
        "ce_type": "issue.reported.v1",
        "ce_source": "/issues",
        "ce_subject": f"issue_{number}",
        "ce_sequence": "1",
        "ce_communityid": community_id,
        "ce_time": f"2026-11-23T01:30:0{number}.000Z",
    }
    await producer.send_and_wait(
        TOPIC,
        json.dumps({"number": number}).encode(),
        key=f"issue_{number}".encode(),
        headers=[(name, text.encode()) for name, text in headers.items()],
    )


async def test_the_tape_holds_what_was_told_of_one_community_in_the_meantime(
    producer: AIOKafkaProducer, kafka_bootstrap_servers: str
) -> None:
    community_id = f"community_{uuid4().hex}"
    tape = EventTape(kafka_bootstrap_servers)
    await tell(producer, community_id, 1)

    await tape.begin()
    await tell(producer, community_id, 3)
    await tell(producer, "community_other", 4)
    await producer.send_and_wait(TOPIC, b"no event", key=b"x")
    await tell(producer, community_id, 2)
    recorded = await tape.end(community_id)

    assert [event.id for event in recorded.events] == ["event_2", "event_3"]
    assert [event.data for event in recorded.events] == [{"number": 2}, {"number": 3}]


async def test_it_knows_how_far_each_service_has_come(
    producer: AIOKafkaProducer, kafka_bootstrap_servers: str
) -> None:
    community_id = f"community_{uuid4().hex}"
    service = f"listener{uuid4().hex}"
    tape = EventTape(kafka_bootstrap_servers, listeners=[service])
    await tape.begin()
    await tell(producer, community_id, 1)
    listener = AIOKafkaConsumer(
        TOPIC,
        bootstrap_servers=kafka_bootstrap_servers,
        group_id=f"linli.{service}",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await listener.start()
    (event,) = (await tape.end(community_id)).events
    here = (event.partition, event.offset)
    while here != ((record := await listener.getone()).partition, record.offset):
        pass
    before = await tape.end(community_id)
    await listener.commit()
    after = await tape.end(community_id)
    await listener.stop()

    assert not before.is_handled(service, event)
    assert after.is_handled(service, event)
    assert not after.is_handled("nobody", event)


async def test_without_a_broker_there_is_no_tape() -> None:
    tape = EventTape(f"127.0.0.1:{free_port()}")

    with pytest.raises(TapeTorn):
        await tape.begin()
    with pytest.raises(TapeTorn):
        await tape.end(None)

"""Every event that stands in the services' topics, read from the beginning."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.events import open_envelope
from chassis.topics import dead_topic
from local_stack.acting.topics import PARTITIONS, TOPICS

from chaos.found import Message

_READ_WITHIN_SECONDS = 120.0


async def read_messages(bootstrap_servers: str) -> tuple[list[Message], dict[str, int]]:
    """Return the events in the order of their partitions, and how many were given up, by topic."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, enable_auto_commit=False)
    async with asyncio.timeout(_READ_WITHIN_SECONDS):
        await consumer.start()
        try:
            return await _read_all(consumer), await _dead_letters(consumer)
        finally:
            await consumer.stop()


async def _read_all(consumer: AIOKafkaConsumer) -> list[Message]:
    """Read the services' topics from their beginning to where they end now."""
    consumer.assign(PARTITIONS)
    await consumer.seek_to_beginning()
    ends = await consumer.end_offsets(PARTITIONS)
    messages: list[Message] = []
    while any([await consumer.position(each) < end for each, end in ends.items()]):
        for partition, records in (await consumer.getmany(timeout_ms=500)).items():
            messages += [_message(partition.topic, record) for record in records]
    return messages


def _message(topic: str, record: Any) -> Message:
    envelope = open_envelope(record.headers, record.value)
    return Message(
        topic=topic,
        key=record.key.decode(),
        event_id=envelope.id,
        sequence=envelope.sequence,
        type=envelope.type,
    )


async def _dead_letters(consumer: AIOKafkaConsumer) -> dict[str, int]:
    """Count what stands in each topic of given-up messages."""
    numbers: dict[str, int] = {}
    for topic in (dead_topic(name) for name in TOPICS):
        partitions = await _partitions(consumer, topic)
        ends = await consumer.end_offsets(partitions)
        begins = await consumer.beginning_offsets(partitions)
        numbers[topic] = sum(ends.values()) - sum(begins.values())
    return numbers


async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> Sequence[TopicPartition]:
    await consumer.topics()
    known = consumer.partitions_for_topic(topic) or set()
    return [TopicPartition(topic, number) for number in sorted(known)]

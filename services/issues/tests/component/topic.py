"""What this service has said, read from its own topic."""

import json
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.topics import Topic

ISSUES_TOPIC = "linli.issues.events"


async def said_of(bootstrap_servers: str, issue_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Everything that was ever published of an issue: kind and facts, in order."""
    partitions = [TopicPartition(ISSUES_TOPIC, n) for n in range(Topic(ISSUES_TOPIC).partitions)]
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        ends = await consumer.end_offsets(partitions)
        said: list[tuple[str, dict[str, Any]]] = []
        while not await _all_read(consumer, ends):
            batches = await consumer.getmany(timeout_ms=500)
            said += [
                (dict(record.headers)["ce_type"].decode(), json.loads(record.value))
                for records in batches.values()
                for record in records
                if record.key == issue_id.encode()
            ]
        return said
    finally:
        await consumer.stop()


async def _all_read(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    return all([await consumer.position(each) >= end for each, end in ends.items()])

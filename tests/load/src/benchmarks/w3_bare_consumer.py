"""The consuming half of W3's reference: what is consumed is written, and nothing else is done.

python -m benchmarks.w3_bare_consumer <order.json>      prints "ready" once it has partitions
"""

import asyncio
import sys
from pathlib import Path

import msgspec
from aiokafka import AIOKafkaConsumer
from chassis.mongo import Store
from chassis.testing_waits import until

_JOINED_WITHIN_SECONDS = 60


class BareOrder(msgspec.Struct, frozen=True, kw_only=True):
    """From where to where."""

    bootstrap_servers: str
    topic: str
    mongodb_uri: str
    database: str
    collection: str


async def consume(order: BareOrder) -> None:
    """Write a document for each message, until killed."""
    effects = Store.connect(order.mongodb_uri, order.database).collection(order.collection)
    consumer = AIOKafkaConsumer(
        order.topic,
        bootstrap_servers=order.bootstrap_servers,
        group_id=f"{order.topic}.bare",
        auto_offset_reset="earliest",
    )
    async with consumer:
        await until(consumer.assignment, within_seconds=_JOINED_WITHIN_SECONDS)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        async for record in consumer:
            await effects.insert_one({"_id": record.key.decode(), "text": record.value.decode()})


if __name__ == "__main__":
    asyncio.run(consume(msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=BareOrder)))

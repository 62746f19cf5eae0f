"""The reference of W3: a write, a message through the same broker, a write."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import msgspec
from aiokafka import AIOKafkaProducer
from chassis.mongo import Collection
from chassis.topics import Topic

from benchmarks.ground import Ground
from benchmarks.w3_bare_consumer import BareOrder

_TOPIC = "bench.bare"
_READY_WITHIN_SECONDS = 60
_TEXT = "请问小区图书角周末几点开放？"


@dataclass(frozen=True)
class BarePath:
    """A writer that produces, beside a process that consumes and writes."""

    causes: Collection
    effects: Collection
    producer: AIOKafkaProducer

    async def write(self, number: int) -> str:
        """Write a document; a message of it is on its way when this returns."""
        id_ = f"bare-{number}"
        await self.causes.insert_one({"_id": id_, "text": _TEXT})
        await self.producer.send(_TOPIC, _TEXT.encode(), key=id_.encode())
        return id_


@asynccontextmanager
async def bare_path_on(ground: Ground) -> AsyncIterator[BarePath]:
    """Begin it, its consumer ready."""
    await ground.topics(Topic(_TOPIC))
    order = BareOrder(
        bootstrap_servers=ground.bootstrap_servers,
        topic=_TOPIC,
        mongodb_uri=ground.mongodb_uri,
        database=ground.database("bare_effects"),
        collection="effects",
    )
    path = ground.folder / "bare.json"
    path.write_bytes(msgspec.json.encode(order))
    causes, effects = ground.store("bare_causes"), ground.store("bare_effects")
    consumer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.w3_bare_consumer", str(path)),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    ground.leash.tie(consumer.pid)
    try:
        await _until_ready(consumer)
        async with AIOKafkaProducer(
            bootstrap_servers=ground.bootstrap_servers, acks="all", enable_idempotence=True
        ) as producer:
            yield BarePath(causes.collection("causes"), effects.collection("effects"), producer)
    finally:
        if consumer.returncode is None:
            consumer.kill()
        await consumer.wait()
        ground.leash.untie(consumer.pid)
        await causes.close()
        await effects.close()


async def _until_ready(consumer: asyncio.subprocess.Process) -> None:
    assert consumer.stdout is not None
    async with asyncio.timeout(_READY_WITHIN_SECONDS):
        if (await consumer.stdout.readline()).strip() != b"ready":
            raise RuntimeError("the bare consumer ended before it was ready")

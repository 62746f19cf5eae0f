"""S6: what lies in stores, topics, logs and metrics, read for words that nobody may read."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from chassis.ids import new_id
from local_stack.acting.one_of_each.asking import http_client
from local_stack.layout import Layout

from strangers.canary_reader import CanaryReader
from strangers.failure_logs import log_files
from strangers.outcome import Tally
from strangers.planting import SENT_IN_ERROR, planted
from strangers.target import Effort, Target

_PROCESSES_WITH_METRICS = ("gateway", "-api", "-worker")
_SELF_TEST = "self-test"
Place = tuple[str, Any]


class Canaries:
    """Planted through the public API, looked for everywhere; and a reader that is tried itself."""

    key: ClassVar[str] = "S6"
    rule: ClassVar[str] = (
        "No document, event, log line, metric or error holds a name, telephone number, identity "
        "number, openid, password, token or secret in clear, however it is wrapped."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Plant, wait until all is at rest, and read."""
        canaries, errors = await planted(target, effort.draw(self.key))
        await target.quiet.come()
        reader = CanaryReader(canaries)
        for where, body in errors:
            tally.answered("error")
            for what in sorted(reader.heard_in(body) - SENT_IN_ERROR):
                tally.found(f"an error of {where}", f"{what}: {canaries[what]}", body)
        async for kind, (where, value) in _everything(target):
            heard = reader.heard_in(value)
            tally.answered(kind)
            for what in sorted(heard):
                tally.found(where, f"{what}: {canaries[what]}", value)
        _try_the_reader(reader, canaries, tally)
        unread = {"document", "event", "log line", "metric", "error"} - set(tally.answers)
        if unread:
            tally.found("the reader", "every kind of place", f"nothing was read of: {unread}")


def _try_the_reader(reader: CanaryReader, canaries: dict[str, str], tally: Tally) -> None:
    """A canary in each kind of place must be heard."""
    for what, text in canaries.items():
        places = {
            "document": {"_id": new_id("x"), "facts": [{"of": b"\x00" + text.encode()}]},
            "event": f'{{"payload": {{"name": "{text}"}}}}'.encode(),
            "log line": f'{{"event": "x", "url": "/x?name={text}"}}',
            "metric": f'x_total{{name="{text}"}} 1',
        }
        for kind, value in places.items():
            tally.answered(_SELF_TEST)
            if what not in reader.heard_in(value):
                tally.found(f"the reader, a {kind}", what, "not heard")


async def _everything(target: Target) -> AsyncIterator[tuple[str, Place]]:
    async for place in _documents(target):
        yield "document", place
    async for place in _events(target.layout):
        yield "event", place
    for place in _log_lines(target.layout):
        yield "log line", place
    async for place in _metrics(target.layout, target.pids):
        yield "metric", place


async def _documents(target: Target) -> AsyncIterator[Place]:
    for service, store in target.stores.items():
        for name in await store.collection_names():
            for document in await store.collection(name).find({}):
                yield f"{service}.{name} {document['_id']}", document


async def _events(layout: Layout) -> AsyncIterator[Place]:
    servers = f"127.0.0.1:{layout.port('kafka')}"
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partitions = await _partitions(servers)
        ends = {it: end for it, end in (await consumer.end_offsets(partitions)).items() if end}
        consumer.assign(list(ends))
        while any([await consumer.position(it) < end for it, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=500)).values():
                for record in records:
                    where = f"{record.topic} {record.partition} {record.offset}"
                    yield where, [record.key, record.value, list(record.headers)]
    finally:
        await consumer.stop()


async def _partitions(servers: str) -> list[TopicPartition]:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    try:
        return [
            TopicPartition(topic["topic"], partition["partition"])
            for topic in await admin.describe_topics()
            if not topic["is_internal"]
            for partition in topic["partitions"]
        ]
    finally:
        await admin.close()


def _log_lines(layout: Layout) -> list[Place]:
    # The simulator stands for WeChat and for the phones: what it knows is not ours.
    logs = (it for it in log_files(layout.logs) if "simulator" not in it.name)
    return [
        (f"{path.name}:{number}", line)
        for path in logs
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
    ]


async def _metrics(layout: Layout, pids: dict[str, int]) -> AsyncIterator[Place]:
    async with http_client() as client:
        for process in sorted(pids):
            if process.endswith(_PROCESSES_WITH_METRICS):
                response: httpx.Response = await client.get(f"{layout.address(process)}/metrics")
                response.raise_for_status()
                for line in response.text.splitlines():
                    yield f"{process} /metrics", line

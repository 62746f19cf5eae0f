"""One trace from a request over the outbox and Kafka to a consumer, exported by OTLP."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic

import httpx
import pytest
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store
from chassis.testing_waits import until
from chassis.topics import create_topics
from local_stack.ports import free_port
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from .processes import Process, launched
from .traced_bakery import Settings, plumbing

PROGRAM = Path(__file__).with_name("traced_bakery.py")
TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLED_BY = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
PERSON = "o6_canary_of_a_person"


class Sink:
    """Takes what is exported, and the miller's calls.

    Attributes:
        bodies: what was posted to `/v1/traces`.
        calls: the address and the traceparent of every call to the miller.
    """

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.calls: list[tuple[str, str]] = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.path == "/v1/traces":
                    sink.bodies.append(body)
                self._answer()

            def do_GET(self) -> None:
                sink.calls.append((self.path, self.headers["traceparent"]))
                self._answer()

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

            def _answer(self) -> None:
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def spans(self) -> dict[str, list[Span]]:
        """By the name of the service."""
        found: dict[str, list[Span]] = {}
        for body in self.bodies:
            for of_resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                named = {one.key: one.value.string_value for one in of_resource.resource.attributes}
                spans = found.setdefault(named["service.name"], [])
                for of_scope in of_resource.scope_spans:
                    spans += of_scope.spans
        return found

    def names(self, service: str) -> set[str]:
        """Of the service's spans in the trace that the test began."""
        spans = self.spans().get(service, [])
        return {span.name for span in spans if span.trace_id.hex() == TRACE}


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    serving = threading.Thread(target=sink.server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    yield sink
    sink.server.shutdown()
    sink.server.server_close()
    serving.join()


@pytest.fixture
async def env(
    mongodb_uri: str, kafka_bootstrap_servers: str, sink: Sink
) -> AsyncIterator[dict[str, str]]:
    settings = Settings(
        mongodb_uri=mongodb_uri,
        mongodb_database=new_id("test"),
        kafka_bootstrap_servers=kafka_bootstrap_servers,
        orders_topic=f"{new_id('bakery')}.events",
        miller_url=sink.url,
        http_port=0,
    )
    events = plumbing(settings, "till")
    store = Store.connect(settings.mongodb_uri, settings.mongodb_database)
    await store.create_indexes(events.indexes())
    await create_topics(KafkaAccess(kafka_bootstrap_servers), events.topics)
    yield {
        "MONGODB_URI": settings.mongodb_uri,
        "MONGODB_DATABASE": settings.mongodb_database,
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "ORDERS_TOPIC": settings.orders_topic,
        "MILLER_URL": settings.miller_url,
        "OTEL_EXPORTER_OTLP_ENDPOINT": sink.url,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    await store.close()


async def _order(till: Process) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{till.port}") as client:
        asked = {"openid": PERSON, "signature": "canary_of_a_signature"}
        answer = await client.post("/orders", params=asked, headers=CALLED_BY)
    assert answer.status_code == 200


async def test_one_trace_goes_from_the_request_to_the_consumer_without_a_query(
    sink: Sink, env: dict[str, str]
) -> None:
    async with (
        launched(PROGRAM, "till", env=env) as till,
        launched(PROGRAM, "oven", env=env) as oven,
    ):
        await asyncio.gather(till.ready(), oven.ready())
        await _order(till)
        await until(lambda: sink.names("till"), within_seconds=20)
        await until(lambda: len(sink.names("oven")) == 2, within_seconds=20)
        for process in (till, oven):
            process.process.send_signal(signal.SIGTERM)
            assert await process.ended() == 0
    assert sink.names("till") == {"POST /orders"}
    assert sink.names("oven") == {"handle loaf.ordered.v1", "GET"}
    ((address, traceparent),) = sink.calls
    assert "canary_of_a_token" in address
    assert traceparent.split("-")[1] == TRACE
    assert all(b"canary" not in body for body in sink.bodies)
    assert "canary" not in str(till.logged + oven.logged)


async def test_a_collector_that_is_away_keeps_nobody_from_working_or_ending(
    env: dict[str, str],
) -> None:
    away = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    async with launched(PROGRAM, "till", env={**env, **away}) as till:
        await till.ready()
        await _order(till)
        told = monotonic()
        till.process.send_signal(signal.SIGTERM)
        assert await till.ended() == 0
    assert monotonic() - told < 10
    assert "canary" not in str(till.logged)

"""Two services of a bakery, run by tests: `python traced_bakery.py till|oven`.

The till takes an order over HTTP, keeps it and tells it; the oven hears of it and calls the miller.
"""

import os
import sys
from typing import ClassVar

import httpx
import msgspec
from chassis.aggregates import Aggregates
from chassis.clock import utc_now
from chassis.event_plumbing import EventPlumbing
from chassis.events import Received
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.listening import Handle, Listener
from chassis.mongo import Store
from chassis.server import Service, run
from chassis.telemetry import start_telemetry
from chassis.topics import Topic
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

SHOP = "community_01jd8f6v5tev4b8f4z9x7m2k01"


class Settings(msgspec.Struct, frozen=True):
    """Of both processes, from their environment."""

    mongodb_uri: str
    mongodb_database: str
    kafka_bootstrap_servers: str
    orders_topic: str
    miller_url: str
    http_port: int
    otel_exporter_otlp_endpoint: str | None = None
    log_level: str = "INFO"

    @classmethod
    def read(cls) -> "Settings":
        named = {name.lower(): value for name, value in os.environ.items()}
        return msgspec.convert(named, cls, strict=False)


class LoafOrdered(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "loaf.ordered.v1"
    community_id: str
    order_id: str


class Order(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    version: int = 0


def plumbing(settings: Settings, service: str) -> EventPlumbing:
    return EventPlumbing(
        service=service,
        kafka=KafkaAccess(settings.kafka_bootstrap_servers),
        topics=[Topic(settings.orders_topic)],
        outboxes=["orders"],
    )


def on_loaf_ordered(settings: Settings) -> Handle[LoafOrdered]:
    async def handle(event: Received[LoafOrdered]) -> None:
        async with httpx.AsyncClient() as client:
            asked = {"access_token": "canary_of_a_token", "order": event.data.order_id}
            await client.get(f"{settings.miller_url}/flour", params=asked)

    return handle


async def build(settings: Settings, name: str) -> Service:
    events = plumbing(settings, name)
    store = Store.connect(settings.mongodb_uri, settings.mongodb_database)
    orders = Aggregates(
        store, "orders", Order, topic=settings.orders_topic, not_found=KeyError, now=utc_now
    )

    async def take_order(request: Request) -> PlainTextResponse:
        order = Order(new_id("order"), SHOP)
        await orders.add(order, [LoafOrdered(SHOP, order.id)])
        return PlainTextResponse(order.id)

    service = Service(name, host="127.0.0.1", port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    if name == "till":
        service.add("relay", run=events.relay(store).run)
        service.routes += [Route("/orders", take_order, methods=["POST"])]
    else:
        listener = Listener(settings.orders_topic, LoafOrdered, on_loaf_ordered(settings))
        consumer = events.consumer(store, [listener])
        service.add("consumers", run=consumer.run, ready=consumer.ready)
    return service


if __name__ == "__main__":
    given = Settings.read()
    start_telemetry(given, process=sys.argv[1])
    raise SystemExit(run(lambda: build(given, sys.argv[1])))

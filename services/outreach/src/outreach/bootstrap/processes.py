"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, add_issuer_keys
from chassis.mongo import Index
from chassis.person_keys import PersonKeys
from chassis.server import Service
from chassis.topics import Topic

from outreach.adapters.topics import EVENTS
from outreach.api.schema import build as build_schema
from outreach.bootstrap.rooms import PLANS, Rooms, build
from outreach.settings import OutreachSettings


def event_plumbing(settings: OutreachSettings) -> EventPlumbing:
    """What outreach owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[Topic(EVENTS)],
        outboxes=[collection for plan in PLANS for collection in plan.outboxes],
    )


def indexes(settings: OutreachSettings) -> list[Index]:
    """All that the store must have."""
    of_rooms = [index for plan in PLANS for index in plan.indexes]
    return [*of_rooms, *PersonKeys.indexes(), *event_plumbing(settings).indexes()]


async def build_api(settings: OutreachSettings) -> Service:
    """The process that answers people and WeChat."""
    rooms = build(settings)
    service = _on_store("outreach-api", settings, rooms)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.edge,
        keys=add_issuer_keys(service, settings, settings.state_folder / "jwks.json"),
    )
    for room in rooms.all:
        service.routes += room.routes
    return service


async def build_worker(settings: OutreachSettings) -> Service:
    """The process that polls, sends, publishes and listens."""
    rooms = build(settings)
    plumbing, store = event_plumbing(settings), rooms.foundation.store
    consumer = plumbing.consumer(store, [each for room in rooms.all for each in room.listeners])
    service = _on_store("outreach-worker", settings, rooms)
    service.add("relay", run=plumbing.relay(store).run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    for room in rooms.all:
        for name, run in room.background.items():
            service.add(name, run=run)
    return service


def _on_store(process: str, settings: OutreachSettings, rooms: Rooms) -> Service:
    store = rooms.foundation.store
    service = Service(process, host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    for room in rooms.all:
        for name, stop in room.stops.items():
            service.add(name, stop=stop)
    return service

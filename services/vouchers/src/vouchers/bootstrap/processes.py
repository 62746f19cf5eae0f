"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, add_issuer_keys, authenticator_of
from chassis.mongo import Index
from chassis.person_keys import PersonKeys
from chassis.requests import Requests
from chassis.revocation import SessionRevocations
from chassis.server import Service
from chassis.topics import Topic

from vouchers.api.schema import build as build_schema
from vouchers.api.till.edge import PATHS, TillEdge
from vouchers.bootstrap.rooms import PLANS, build
from vouchers.domain.events import SERVICE_TOPIC
from vouchers.settings import VouchersSettings

OUTBOXES = tuple(collection for plan in PLANS for collection in plan.outboxes)


def event_plumbing(settings: VouchersSettings) -> EventPlumbing:
    """What this service owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[Topic(SERVICE_TOPIC)],
        outboxes=OUTBOXES,
    )


def indexes(settings: VouchersSettings) -> list[Index]:
    """All that the store must have."""
    of_rooms = [index for plan in PLANS for index in plan.indexes]
    return [*of_rooms, *PersonKeys.indexes(), *event_plumbing(settings).indexes()]


async def build_api(settings: VouchersSettings) -> Service:
    """The process that answers people and tills."""
    rooms = build(settings)
    store = rooms.foundation.store
    service = Service("vouchers-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    keys = add_issuer_keys(service, settings, settings.state_folder / "vouchers" / "jwks.json")
    revocations = SessionRevocations(settings.kafka_bootstrap_servers, now=rooms.foundation.now)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.edge,
        keys=keys,
        revocations=revocations,
    )
    authenticator = authenticator_of(settings, keys, revocations)
    till = TillEdge(rooms.cards.till, authenticator, Requests(settings.lookup_hash()))
    service.routes += till.routes()
    service.streaming_paths.add(PATHS)
    for room in rooms.all:
        service.routes += room.routes
    return service


async def build_worker(settings: VouchersSettings) -> Service:
    """The process that publishes events, listens to others and works in the background."""
    rooms = build(settings)
    events, store = event_plumbing(settings), rooms.foundation.store
    consumer = events.consumer(store, [each for room in rooms.all for each in room.listeners])
    service = Service("vouchers-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    service.add("relay", run=events.relay(store).run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    for room in rooms.all:
        for name, run in room.background.items():
            service.add(name, run=run)
    return service

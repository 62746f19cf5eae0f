"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, authenticator_of
from chassis.mongo import Index
from chassis.server import Service
from chassis.topics import Topic

from residents.adapters.stored_revocations import StoredRevocations
from residents.api.imports.uploads import PATHS, upload_routes
from residents.api.schema import build as build_schema
from residents.bootstrap.rooms import PLANS, build
from residents.domain.events import SERVICE_TOPIC, SESSIONS_TOPIC
from residents.settings import ResidentsSettings

_SESSIONS_RETENTION_DAYS = 1
# An ended session is to be known everywhere within five seconds, a killed worker included.
_RELAY_LEASE_SECONDS = 3.0
_FOLLOW_UPS = "follow_ups"
"""The lane in which figures and links are kept up with an import's thousands of events."""


def event_plumbing(settings: ResidentsSettings) -> EventPlumbing:
    """What this service owns of the event path."""
    return EventPlumbing(
        service="residents",
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[
            Topic(SERVICE_TOPIC),
            Topic(SESSIONS_TOPIC, retention_days=_SESSIONS_RETENTION_DAYS, compacted=True),
        ],
        outboxes=[collection for plan in PLANS for collection in plan.outboxes],
        lanes=(_FOLLOW_UPS,),
        relay_lease_seconds=_RELAY_LEASE_SECONDS,
    )


def indexes(settings: ResidentsSettings) -> list[Index]:
    """All that the store must have."""
    of_rooms = [index for plan in PLANS for index in plan.indexes]
    return [*of_rooms, *event_plumbing(settings).indexes()]


async def build_api(settings: ResidentsSettings) -> Service:
    """The process that answers."""
    rooms = build(settings)
    ring, foundation = rooms.identity.ring, rooms.foundation
    revocations = StoredRevocations(rooms.identity.sessions, now=foundation.now)
    service = Service("residents-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=foundation.store.ping, stop=foundation.store.close)
    service.add("signing keys", run=ring.run, ready=ring.keys)
    service.add("wechat", stop=rooms.logins.mini_program.close)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.edge,
        keys=ring,
        revocations=revocations,
    )
    service.routes += upload_routes(
        rooms.imports.room.use_cases.receive_file, authenticator_of(settings, ring, revocations)
    )
    service.streaming_paths |= PATHS.keys()
    for room in rooms.all:
        service.routes += room.routes
    return service


async def build_worker(settings: ResidentsSettings) -> Service:
    """The process that publishes events, hears this service's own and works in the background."""
    rooms = build(settings)
    events, store = event_plumbing(settings), rooms.foundation.store
    consumer = events.consumer(store, [each for room in rooms.all for each in room.listeners])
    follow_ups = events.consumer(
        store, [each for room in rooms.all for each in room.follow_ups], lane=_FOLLOW_UPS
    )
    service = Service("residents-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    service.add("relay", run=events.relay(store).run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    service.add("follow-ups", run=follow_ups.run, ready=follow_ups.ready)
    for room in rooms.all:
        for name, run in room.background.items():
            service.add(name, run=run)
    return service

"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, add_issuer_keys
from chassis.mongo import Index
from chassis.person_keys import PersonKeys
from chassis.server import Service
from chassis.topic_tail import TopicTail
from chassis.topics import Topic

from issues.api.photos.edges import STREAMING_PATH
from issues.api.schema import build as build_schema
from issues.bootstrap.rooms import OUTBOXES, PLANS, build
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.settings import IssuesSettings


def event_plumbing(settings: IssuesSettings) -> EventPlumbing:
    """Describe what this service owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[Topic(ISSUES_TOPIC)],
        outboxes=OUTBOXES,
    )


def indexes(settings: IssuesSettings) -> list[Index]:
    """All that the store must have."""
    of_rooms = [index for plan in PLANS for index in plan.indexes]
    return [*of_rooms, *PersonKeys.indexes(), *event_plumbing(settings).indexes()]


async def build_api(settings: IssuesSettings) -> Service:
    """Build the process that answers people."""
    rooms = build(settings)
    store, live = rooms.foundation.store, rooms.intake.live
    own_events = TopicTail(
        settings.kafka_bootstrap_servers,
        ISSUES_TOPIC,
        live.on_record,
        start="end",
        on_state=live.on_state,
    )
    service = Service("issues-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.matters,
        keys=add_issuer_keys(service, settings, settings.state_folder / "issues" / "jwks.json"),
    )
    service.add("own events", run=own_events.run)
    service.add("pictures", stop=rooms.photos.pictures.close)
    service.streaming_paths.add(STREAMING_PATH)
    for room in rooms.all:
        service.routes += room.routes
    return service


async def build_worker(settings: IssuesSettings) -> Service:
    """Build the process that publishes events, listens to others and watches the clocks."""
    rooms = build(settings)
    plumbing, store = event_plumbing(settings), rooms.foundation.store
    consumer = plumbing.consumer(store, [each for room in rooms.all for each in room.listeners])
    service = Service("issues-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=store.ping, stop=store.close)
    service.add("relay", run=plumbing.relay(store).run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    for room in rooms.all:
        for name, run in room.background.items():
            service.add(name, run=run)
    return service

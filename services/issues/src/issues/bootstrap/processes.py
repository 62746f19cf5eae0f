"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.house import House
from chassis.rooms import outboxes_of
from chassis.server import Service
from chassis.topic_tail import TopicTail
from chassis.topics import Topic

from issues.bootstrap.rooms import PLANS, build
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.settings import IssuesSettings


def event_plumbing(settings: IssuesSettings) -> EventPlumbing:
    """Describe what this service owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        kafka=settings.kafka(),
        topics=[Topic(ISSUES_TOPIC)],
        outboxes=outboxes_of(PLANS),
    )


HOUSE = House(IssuesSettings, build, PLANS, event_plumbing)


async def build_api(settings: IssuesSettings) -> Service:
    """Build the process that answers people."""
    from chassis.graph_service import add_graph, add_issuer_keys

    from issues.api.photos.edges import STREAMING_PATH
    from issues.api.schema import build as build_schema

    rooms = build(settings)
    live = rooms.intake.live
    own_events = TopicTail(
        settings.kafka(),
        ISSUES_TOPIC,
        live.on_record,
        start="end",
        on_state=live.on_state,
    )
    service = HOUSE.api(rooms)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.matters,
        keys=add_issuer_keys(service, settings, settings.state_folder / "issues" / "jwks.json"),
    )
    service.add("own events", run=own_events.run)
    service.streaming_paths.add(STREAMING_PATH)
    return service


async def build_worker(settings: IssuesSettings) -> Service:
    """Build the process that publishes events, listens to others and watches the clocks."""
    return HOUSE.worker(build(settings))

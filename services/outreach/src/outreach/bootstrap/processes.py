"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.house import House
from chassis.rooms import outboxes_of
from chassis.server import Service
from chassis.topics import Topic

from outreach.adapters.topics import EVENTS
from outreach.bootstrap.rooms import PLANS, build
from outreach.settings import OutreachSettings


def event_plumbing(settings: OutreachSettings) -> EventPlumbing:
    """What outreach owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        kafka=settings.kafka(),
        topics=[Topic(EVENTS)],
        outboxes=outboxes_of(PLANS),
    )


HOUSE = House(OutreachSettings, build, PLANS, event_plumbing)


async def build_api(settings: OutreachSettings) -> Service:
    """The process that answers people and WeChat."""
    from chassis.graph_service import add_graph, add_issuer_keys

    from outreach.api.schema import build as build_schema

    rooms = build(settings)
    service = HOUSE.api(rooms)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=rooms.edge,
        keys=add_issuer_keys(service, settings, settings.state_folder / "jwks.json"),
    )
    return service


async def build_worker(settings: OutreachSettings) -> Service:
    """The process that polls, sends, publishes and listens."""
    return HOUSE.worker(build(settings))

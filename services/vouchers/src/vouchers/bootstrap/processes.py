"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.house import House
from chassis.requests import Requests
from chassis.revocation import SessionRevocations
from chassis.rooms import outboxes_of
from chassis.server import Service
from chassis.topics import Topic

from vouchers.bootstrap.rooms import PLANS, build
from vouchers.domain.events import SERVICE_TOPIC
from vouchers.settings import VouchersSettings


def event_plumbing(settings: VouchersSettings) -> EventPlumbing:
    """What this service owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        kafka=settings.kafka(),
        topics=[Topic(SERVICE_TOPIC)],
        outboxes=outboxes_of(PLANS),
    )


HOUSE = House(VouchersSettings, build, PLANS, event_plumbing)


async def build_api(settings: VouchersSettings) -> Service:
    """The process that answers people and tills."""
    from chassis.graph_service import add_graph, add_issuer_keys, authenticator_of

    from vouchers.api.schema import build as build_schema
    from vouchers.api.till.edge import PATHS, TillEdge

    rooms = build(settings)
    service = HOUSE.api(rooms)
    keys = add_issuer_keys(service, settings, settings.state_folder / "vouchers" / "jwks.json")
    revocations = SessionRevocations(settings.kafka(), now=rooms.foundation.now)
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
    return service


async def build_worker(settings: VouchersSettings) -> Service:
    """The process that publishes events, listens to others and works in the background."""
    return HOUSE.worker(build(settings))

"""The two processes of this service, and what they and the commands need of the event path."""

from chassis.event_plumbing import EventPlumbing
from chassis.house import House, Lanes
from chassis.rooms import outboxes_of
from chassis.server import Service
from chassis.topics import Topic

from residents.adapters.stored_revocations import StoredRevocations
from residents.bootstrap.rooms import PLANS, Rooms, build
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
        kafka=settings.kafka(),
        topics=[
            Topic(SERVICE_TOPIC),
            Topic(SESSIONS_TOPIC, retention_days=_SESSIONS_RETENTION_DAYS, compacted=True),
        ],
        outboxes=outboxes_of(PLANS),
        lanes=(_FOLLOW_UPS,),
        relay_lease_seconds=_RELAY_LEASE_SECONDS,
    )


def lanes(rooms: Rooms) -> Lanes:
    """What is heard beside the first group."""
    return {_FOLLOW_UPS: [each for room in rooms.all for each in room.follow_ups]}


HOUSE = House(ResidentsSettings, build, PLANS, event_plumbing, lanes)


async def build_api(settings: ResidentsSettings) -> Service:
    """The process that answers."""
    from chassis.graph_service import add_graph, authenticator_of

    from residents.api.imports.uploads import PATHS, upload_routes
    from residents.api.schema import build as build_schema

    rooms = build(settings)
    ring = rooms.identity.ring
    revocations = StoredRevocations(rooms.identity.sessions, now=rooms.foundation.now)
    service = HOUSE.api(rooms)
    service.add("signing keys", run=ring.run, ready=ring.keys)
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
    return service


async def build_worker(settings: ResidentsSettings) -> Service:
    """The process that publishes events, hears this service's own and works in the background."""
    return HOUSE.worker(build(settings))

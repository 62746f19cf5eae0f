"""The graph's words for what happened; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="Why somebody hears of an issue.")
class FollowerRole(Enum):
    """See `domain.followers.follower.FollowerRole`."""

    REPORTER = strawberry.enum_value("reporter", description="They reported it.")
    FOLLOWER = strawberry.enum_value("follower", description="They asked to.")


@strawberry.enum(description="What happened to an issue.")
class TimelineKind(Enum):
    """See `domain.timeline.entry.EntryKind`."""

    REPORTED = strawberry.enum_value("reported", description="Somebody reported it.")
    ACKNOWLEDGED = strawberry.enum_value("acknowledged", description="The staff took notice.")
    TRIAGED = strawberry.enum_value(
        "triaged", description="It was said what it is about and who can solve it."
    )
    HAZARD_CONFIRMED = strawberry.enum_value(
        "hazard_confirmed", description="There is danger; not public."
    )
    HAZARD_DECLINED = strawberry.enum_value(
        "hazard_declined", description="There is no danger; not public."
    )
    ASSIGNED = strawberry.enum_value("assigned", description="Somebody is to work on it.")
    STARTED = strawberry.enum_value("started", description="Somebody is at it.")
    WAITING = strawberry.enum_value("waiting", description="An outside party has to move first.")
    RESUMED = strawberry.enum_value("resumed", description="It goes on.")
    ESCALATED = strawberry.enum_value("escalated", description="Another level is to solve it.")
    ROUND_RECORDED = strawberry.enum_value(
        "round_recorded", description="A round of coordination with a party."
    )
    PROMISE_KEPT = strawberry.enum_value("promise_kept", description="The party kept its promise.")
    PROMISE_LATE = strawberry.enum_value("promise_late", description="The party kept it late.")
    PROMISE_BROKEN = strawberry.enum_value(
        "promise_broken", description="The party broke its promise."
    )
    RESOLVED = strawberry.enum_value("resolved", description="The work is done, with proof.")
    CONFIRMED = strawberry.enum_value("confirmed", description="It is settled.")
    REOPENED = strawberry.enum_value("reopened", description="It goes back to work.")
    REJECTED = strawberry.enum_value("rejected", description="Nothing will be done.")
    DUPLICATE = strawberry.enum_value("duplicate", description="It is known from another issue.")
    REPORTER_JOINED = strawberry.enum_value(
        "reporter_joined", description="It is known who reported it; not public."
    )
    SLA_AT_RISK = strawberry.enum_value(
        "sla_at_risk", description="Four fifths of the time are gone; not public."
    )
    SLA_BREACHED = strawberry.enum_value(
        "sla_breached", description="The time has run out; not public."
    )

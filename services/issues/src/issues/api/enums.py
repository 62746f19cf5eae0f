"""The graph's words for states and kinds; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="How a matter reached us.")
class IntakeSource(Enum):
    """See `domain.intake.IntakeSource`."""

    ARTICLE = strawberry.enum_value("article", description="A comment under an article.")
    MESSAGE = strawberry.enum_value("message", description="A message to a channel.")


@strawberry.enum(description="Where an intake stands.")
class IntakeState(Enum):
    """See `domain.intake.IntakeState`."""

    RECEIVED = strawberry.enum_value("received", description="Nobody has answered yet.")
    REPLIED = strawberry.enum_value("replied", description="Answered, and not decided yet.")
    ACCEPTED = strawberry.enum_value("accepted", description="An issue was made of it.")
    DISMISSED = strawberry.enum_value("dismissed", description="Closed without an issue.")


@strawberry.enum(description="Why no issue is made of a comment.")
class DismissalReason(Enum):
    """See `domain.decisions.DismissalReason`."""

    ANSWERED = strawberry.enum_value(
        "answered", description="The reply settled it; it must have been given."
    )
    PRAISE = strawberry.enum_value("praise", description="Praise or thanks.")
    OPINION = strawberry.enum_value("opinion", description="An opinion, nothing to be done.")
    SPAM = strawberry.enum_value("spam", description="Advertising or noise.")
    DUPLICATE = strawberry.enum_value("duplicate", description="Known from another comment.")
    NOT_OURS = strawberry.enum_value("not_ours", description="Nothing the community deals with.")
    WITHDRAWN = strawberry.enum_value("withdrawn", description="The person took it back.")


@strawberry.enum(description="Where an issue stands.")
class IssueState(Enum):
    """See `domain.issue.IssueState`."""

    NEW = strawberry.enum_value("new", description="Nobody has taken notice yet.")
    ACKNOWLEDGED = strawberry.enum_value("acknowledged", description="Somebody has.")
    TRIAGED = strawberry.enum_value(
        "triaged", description="It is known what it is about and who can solve it."
    )
    ASSIGNED = strawberry.enum_value("assigned", description="Somebody is to work on it.")
    IN_PROGRESS = strawberry.enum_value("in_progress", description="Somebody is on the spot.")
    WAITING_EXTERNAL = strawberry.enum_value(
        "waiting_external", description="An outside party has to move first."
    )
    RESOLVED = strawberry.enum_value(
        "resolved", description="The work is done and proved; it waits for its reporter's word."
    )
    CONFIRMED = strawberry.enum_value("confirmed", description="It is settled.")
    REJECTED = strawberry.enum_value("rejected", description="Nothing will be done.")
    DUPLICATE = strawberry.enum_value("duplicate", description="It repeats another issue.")
    REOPENED = strawberry.enum_value(
        "reopened", description="It was not settled after all, and goes back to work."
    )


@strawberry.enum(description="Who can solve an issue.")
class IssueLevel(Enum):
    """See `domain.issue.Level`."""

    COMMUNITY = strawberry.enum_value("community", description="The community itself (社区).")
    SUB_DISTRICT = strawberry.enum_value("sub_district", description="The sub-district (街道).")
    DISTRICT = strawberry.enum_value("district", description="The district (区).")


@strawberry.enum(description="What is known of the danger in an issue.")
class HazardState(Enum):
    """See `domain.hazard.HazardState`."""

    NONE = strawberry.enum_value("none", description="Nobody speaks of any.")
    PROPOSED = strawberry.enum_value(
        "proposed", description="A rule sees danger; it counts until a person says no."
    )
    CONFIRMED = strawberry.enum_value("confirmed", description="A person says that there is.")
    DECLINED = strawberry.enum_value("declined", description="A person says that there is none.")


@strawberry.enum(description="What was promised.")
class ClockKind(Enum):
    """See `domain.clocks.ClockKind`."""

    FIRST_REPLY = strawberry.enum_value("first_reply", description="The first online reply.")
    HAZARD = strawberry.enum_value("hazard", description="Somebody on the spot.")
    HANDLING = strawberry.enum_value("handling", description="The issue solved.")


@strawberry.enum(description="How a promise stands.")
class ClockState(Enum):
    """See `domain.clocks.ClockState`."""

    RUNNING = strawberry.enum_value("running", description="There is time.")
    AT_RISK = strawberry.enum_value("at_risk", description="Four fifths of the time are gone.")
    PAUSED = strawberry.enum_value(
        "paused", description="It rests while an outside party has to move."
    )
    OVERDUE = strawberry.enum_value("overdue", description="The time ran out.")
    STOPPED = strawberry.enum_value("stopped", description="Kept in time, or called off.")

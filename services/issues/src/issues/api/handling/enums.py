"""The graph's words of the handling; their values are the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="What kind of outside party it is.")
class PartyKind(Enum):
    """See `domain.handling.party.PartyKind`."""

    WATER = strawberry.enum_value("water", description="The water company (供水).")
    POWER = strawberry.enum_value("power", description="The power company (供电).")
    GAS = strawberry.enum_value("gas", description="The gas company (燃气).")
    HEATING = strawberry.enum_value("heating", description="The heating company (供暖).")
    TELECOM = strawberry.enum_value("telecom", description="A telecom company (通信).")
    PROPERTY = strawberry.enum_value("property", description="A property firm (物业).")
    SUB_DISTRICT = strawberry.enum_value("sub_district", description="The sub-district (街道).")
    DISTRICT = strawberry.enum_value("district", description="The district (区).")
    NEIGHBOUR = strawberry.enum_value("neighbour", description="A neighbour (邻居).")
    OTHER = strawberry.enum_value("other", description="Anybody else.")


@strawberry.enum(description="What became of a promise.")
class PromiseOutcome(Enum):
    """See `domain.handling.rounds.PromiseOutcome`."""

    KEPT = strawberry.enum_value("kept", description="Kept by its day.")
    LATE = strawberry.enum_value("late", description="Kept after its day.")
    BROKEN = strawberry.enum_value("broken", description="Not kept.")


@strawberry.enum(description="How a promise stands.")
class PromiseState(Enum):
    """See `domain.handling.rounds.PromiseState`."""

    OPEN = strawberry.enum_value("open", description="Its day is to come.")
    DUE = strawberry.enum_value("due", description="Its day is today, in China.")
    OVERDUE = strawberry.enum_value("overdue", description="Its day is over, and nobody says more.")
    KEPT = strawberry.enum_value("kept", description="Kept by its day.")
    LATE = strawberry.enum_value("late", description="Kept after its day.")
    BROKEN = strawberry.enum_value("broken", description="Not kept.")


@strawberry.enum(description="On whose word an issue is settled; counted apart.")
class ConfirmedHow(Enum):
    """See `domain.handling.decisions.ConfirmedHow`."""

    REPORTER = strawberry.enum_value("reporter", description="Its reporter says so.")
    ON_BEHALF = strawberry.enum_value(
        "on_behalf", description="The staff asked the reporter, and say so for them."
    )
    SILENCE = strawberry.enum_value("silence", description="Nobody objected for seven days.")


@strawberry.enum(description="How the staff asked the reporter.")
class ConfirmationVia(Enum):
    """See `domain.handling.decisions.Via`."""

    PHONE = strawberry.enum_value("phone", description="By phone.")
    VISIT = strawberry.enum_value("visit", description="At the door.")

"""The room's enums as the graph shows them."""

from enum import Enum

import strawberry


@strawberry.enum(description="What an owner is.")
class OwnerKind(Enum):
    """See residents.domain.owners.owner."""

    PERSON = strawberry.enum_value("PERSON", description="A person.")
    COMPANY = strawberry.enum_value("COMPANY", description="A company or an institution.")


@strawberry.enum(description="Whether an owner lives in the community.")
class OwnerResidence(Enum):
    """See residents.domain.owners.owner."""

    HERE = strawberry.enum_value("HERE", description="Is a resident.")
    ELSEWHERE = strawberry.enum_value(
        "ELSEWHERE", description="Is not among the residents, or moved out."
    )
    NOT_COMPARABLE = strawberry.enum_value(
        "NOT_COMPARABLE", description="Nothing is known by which they could be found there."
    )
    NOT_A_PERSON = strawberry.enum_value("NOT_A_PERSON", description="A company lives nowhere.")

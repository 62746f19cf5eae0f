"""The archive's enums as the graph shows them."""

from enum import Enum

import strawberry

from residents.domain.archive import homes, people, places, residents


@strawberry.enum(description="Whether an estate is an old one; old ones are counted apart.")
class EstateKind(Enum):
    """See residents.domain.archive.places."""

    OLD = strawberry.enum_value("OLD", description="An old estate.")
    NEW = strawberry.enum_value("NEW", description="No old estate.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="Nobody has said.")

    def in_domain(self) -> places.EstateKind:
        """As the domain calls it."""
        return places.EstateKind[self.name]


@strawberry.enum(description="As an identity card says it.")
class Gender(Enum):
    """See residents.domain.archive.people."""

    MALE = strawberry.enum_value("MALE", description="Male.")
    FEMALE = strawberry.enum_value("FEMALE", description="Female.")

    def in_domain(self) -> people.Gender:
        """As the domain calls it."""
        return people.Gender[self.name]


@strawberry.enum(description="How certain it is that somebody lives here.")
class ResidentState(Enum):
    """See residents.domain.archive.residents."""

    PENDING = strawberry.enum_value("PENDING", description="Not yet known for certain.")
    VERIFIED = strawberry.enum_value("VERIFIED", description="Known to live here.")
    MOVED_OUT = strawberry.enum_value("MOVED_OUT", description="Lived here.")

    @classmethod
    def of(cls, state: residents.ResidentState) -> "ResidentState":
        """As the graph shows it."""
        return cls[state.name]


@strawberry.enum(description="Why a home was left.")
class MoveReason(Enum):
    """See residents.domain.archive.homes."""

    MOVED = strawberry.enum_value("MOVED", description="Moved house.")
    SOLD = strawberry.enum_value("SOLD", description="The dwelling was sold.")
    LEASE_ENDED = strawberry.enum_value("LEASE_ENDED", description="The lease came to its end.")
    JOINED_FAMILY = strawberry.enum_value("JOINED_FAMILY", description="Went to live with family.")
    INSTITUTION = strawberry.enum_value("INSTITUTION", description="Went to a home or a hospital.")
    DECEASED = strawberry.enum_value("DECEASED", description="Died.")
    OTHER = strawberry.enum_value("OTHER", description="Another reason.")
    LEDGER = strawberry.enum_value("LEDGER", description="A later ledger says so.")

    def in_domain(self) -> homes.MoveReason:
        """As the domain calls it."""
        return homes.MoveReason[self.name]

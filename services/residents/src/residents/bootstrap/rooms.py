"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from residents.adapters.logins.memory import MemoryEstateRegister
from residents.api.context import Edge
from residents.bootstrap import identity, privacy
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.identity import Identity
from residents.bootstrap.room import Plan, Room
from residents.settings import ResidentsSettings

PLANS: Sequence[Plan] = (
    identity.PLAN,
    privacy.PLAN,
)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    identity: Identity

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.identity.room,)

    @property
    def edge(self) -> Edge:
        """What the graph calls."""
        return Edge(
            residents=self.identity.room.use_cases,
            keyed_hash=self.foundation.keyed_hash,
        )


def build(settings: ResidentsSettings) -> Rooms:
    """Build everything; the store need not be there yet."""
    foundation = Foundation.laid(settings)
    return Rooms(foundation=foundation, identity=identity.build(foundation, MemoryEstateRegister()))

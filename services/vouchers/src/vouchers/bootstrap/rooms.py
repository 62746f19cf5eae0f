"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vouchers.api.context import Edge
from vouchers.application.cards.cards import Cards
from vouchers.bootstrap import cards
from vouchers.bootstrap.foundation import Foundation
from vouchers.bootstrap.room import Plan, Room
from vouchers.settings import VouchersSettings

PLANS: Sequence[Plan] = (cards.PLAN,)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    cards: Room[Cards]

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.cards,)

    @property
    def edge(self) -> Edge:
        """What the graph calls."""
        return Edge(cards=self.cards.use_cases)


def build(settings: VouchersSettings) -> Rooms:
    """Build everything; the store need not be there yet."""
    foundation = Foundation.laid(settings)
    return Rooms(foundation=foundation, cards=cards.build(foundation))

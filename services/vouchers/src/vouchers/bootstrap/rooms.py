"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chassis.clock import Now, utc_now
from chassis.rooms import Plan, Room

from vouchers.adapters.cards.mongo_vouchers import MongoVouchers
from vouchers.application.ledger.ledger import Ledger
from vouchers.bootstrap import campaigns, cards, ledger, merchants
from vouchers.bootstrap.campaigns import BuiltCampaigns
from vouchers.bootstrap.cards import BuiltCards
from vouchers.bootstrap.foundation import Foundation
from vouchers.bootstrap.merchants import BuiltMerchants
from vouchers.settings import VouchersSettings

if TYPE_CHECKING:
    from vouchers.api.context import Edge

PLANS: Sequence[Plan] = (merchants.PLAN, campaigns.PLAN, cards.PLAN, ledger.PLAN)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    merchants: BuiltMerchants
    campaigns: BuiltCampaigns
    cards: BuiltCards
    ledger: Room[Ledger]

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (self.merchants.room, self.campaigns.room, self.cards.room, self.ledger)

    @property
    def edge(self) -> "Edge":
        """What the graph calls."""
        from vouchers.api.context import Edge

        return Edge(
            merchants=self.merchants.room.use_cases,
            campaigns=self.campaigns.room.use_cases,
            cards=self.cards.room.use_cases,
            till=self.cards.till,
            ledger=self.ledger.use_cases,
        )


def build(settings: VouchersSettings, now: Now = utc_now) -> Rooms:
    """Build everything; the store need not be there yet."""
    return build_on(Foundation.laid(settings, now))


def build_on(foundation: Foundation) -> Rooms:
    """Build everything on what is there already, such as a store that a test listens to."""
    merchants_room = merchants.build(foundation)
    vouchers = MongoVouchers(foundation.store, code_hash=foundation.code_hash)
    campaigns_room = campaigns.build(foundation, merchants_room.merchants, vouchers)
    cards_room = cards.build(
        foundation, campaigns_room.campaigns, merchants_room.merchants, vouchers
    )
    return Rooms(
        foundation=foundation,
        merchants=merchants_room,
        campaigns=campaigns_room,
        cards=cards_room,
        ledger=ledger.build(
            foundation, campaigns_room.campaigns, merchants_room.merchants, vouchers
        ),
    )

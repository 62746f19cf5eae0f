"""The room of vouchers: who holds them, claiming and using."""

from chassis.listening import Listener

from vouchers.adapters.cards import mongo_account_holders
from vouchers.adapters.cards.mongo_account_holders import MongoAccountHolders
from vouchers.application.cards.cards import Cards
from vouchers.bootstrap.foundation import Foundation
from vouchers.bootstrap.room import Plan, Room
from vouchers.consumers.on_account_bound import AccountBound, on_account_bound
from vouchers.consumers.on_account_unbound import AccountUnbound, on_account_unbound
from vouchers.consumers.topics import RESIDENTS_TOPIC

PLAN = Plan(outboxes=(mongo_account_holders.COLLECTION,))


def build(foundation: Foundation) -> Room[Cards]:
    """Build it; the store need not be there yet."""
    holders = MongoAccountHolders(foundation.store)
    return Room(
        use_cases=Cards(now=foundation.now),
        listeners=(
            Listener(RESIDENTS_TOPIC, AccountBound, on_account_bound(holders)),
            Listener(RESIDENTS_TOPIC, AccountUnbound, on_account_unbound(holders)),
        ),
    )

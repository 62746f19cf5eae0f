"""Merchants' clients and their tokens."""

from chassis.listening import Listener
from chassis.rooms import Plan

from residents.adapters.merchants.mongo_merchant_clients import (
    INDEXES,
    MongoMerchantClients,
    known_merchants,
)
from residents.api.merchants.token_endpoint import token_routes
from residents.application.merchants.merchant_clients import MerchantClientsRoom
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.identity import Identity
from residents.bootstrap.room import Room
from residents.consumers.merchants_on_merchant_approved import (
    MerchantApproved,
    merchants_on_merchant_approved,
)
from residents.consumers.merchants_on_merchant_suspended import (
    MerchantSuspended,
    merchants_on_merchant_suspended,
)

PLAN = Plan(indexes=INDEXES)
VOUCHERS_TOPIC = "linli.vouchers.events"


def build(foundation: Foundation, identity: Identity) -> Room[MerchantClientsRoom]:
    """Build it; the store need not be there yet."""
    store = foundation.store
    room = MerchantClientsRoom(identity.ports, MongoMerchantClients(store), known_merchants(store))
    settle = room.settle
    return Room(
        use_cases=room,
        listeners=[
            Listener(VOUCHERS_TOPIC, MerchantApproved, merchants_on_merchant_approved(settle)),
            Listener(VOUCHERS_TOPIC, MerchantSuspended, merchants_on_merchant_suspended(settle)),
        ],
        routes=token_routes(room.issue_token, foundation.keyed_hash, foundation.now),
    )

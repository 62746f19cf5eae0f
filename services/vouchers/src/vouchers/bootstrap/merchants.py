"""The room of merchants."""

from dataclasses import dataclass

from chassis.republish import Facts
from chassis.rooms import Plan, Room

from vouchers.adapters.merchants import mongo_merchants
from vouchers.adapters.merchants.mongo_merchants import MongoMerchants, merchant_codec
from vouchers.application.merchants.merchants import MerchantsRoom
from vouchers.bootstrap.foundation import Foundation
from vouchers.domain.merchants.merchant import merchant_facts

PLAN = Plan(outboxes=(mongo_merchants.COLLECTION,), indexes=mongo_merchants.INDEXES)


@dataclass(frozen=True)
class BuiltMerchants:
    """Built once a process; other rooms use its store."""

    room: Room[MerchantsRoom]
    merchants: MongoMerchants


def build(foundation: Foundation) -> BuiltMerchants:
    """Build it; the store need not be there yet."""
    merchants = MongoMerchants(foundation.store, codec=merchant_codec(foundation.person_keys))
    room = Room(
        use_cases=MerchantsRoom(merchants, foundation.now),
        facts=[Facts(merchants, merchant_facts)],
    )
    return BuiltMerchants(room, merchants)

"""Owners' registers in MongoDB: one small document a community, found by its id."""

from chassis.aggregates import Aggregates
from chassis.clock import Now, utc_now
from chassis.mongo import Store

from residents.application.owners.ports import NoRegister
from residents.domain.events import SERVICE_TOPIC
from residents.domain.owners.register import OwnersRegister

COLLECTION = "owners_registers"


class MongoRegisters(Aggregates[OwnersRegister]):
    """See `ports.Registers`."""

    def __init__(self, store: Store, *, now: Now = utc_now) -> None:
        super().__init__(
            store,
            COLLECTION,
            OwnersRegister,
            topic=SERVICE_TOPIC,
            not_found=NoRegister,
            now=now,
        )

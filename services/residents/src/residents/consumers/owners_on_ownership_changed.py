"""After a dwelling changed hands, its owners are counted anew."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.owners.recount_owners import RecountOwners


class OwnershipChanged(msgspec.Struct, frozen=True):
    """What is needed of ownership.changed."""

    type: ClassVar[str] = "ownership.changed.v1"

    community_id: str
    household_id: str


def owners_on_ownership_changed(recount: RecountOwners) -> Handle[OwnershipChanged]:
    """Recount everybody who owns or owned the dwelling."""

    async def handle(event: Received[OwnershipChanged]) -> None:
        await recount.of_household(event.data.community_id, event.data.household_id)

    return handle

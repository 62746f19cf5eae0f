"""An owner who moved in or out lives here, or no more."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.owners.link_owners import LinkOwners


class ResidentMoved(msgspec.Struct, frozen=True):
    """What is needed of resident.moved."""

    type: ClassVar[str] = "resident.moved.v1"

    community_id: str
    resident_id: str


def owners_on_resident_moved(link: LinkOwners) -> Handle[ResidentMoved]:
    """Look again where the owners live that the resident is."""

    async def handle(event: Received[ResidentMoved]) -> None:
        await link(event.data.community_id, event.data.resident_id)

    return handle

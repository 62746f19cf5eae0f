"""Who is known as a resident may be known as an owner."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.owners.link_owners import LinkOwners


class ResidentVerified(msgspec.Struct, frozen=True):
    """What is needed of resident.verified."""

    type: ClassVar[str] = "resident.verified.v1"

    community_id: str
    resident_id: str


def owners_on_resident_verified(link: LinkOwners) -> Handle[ResidentVerified]:
    """Let the owners that the resident is know it."""

    async def handle(event: Received[ResidentVerified]) -> None:
        await link(event.data.community_id, event.data.resident_id)

    return handle

"""Somebody is known to be another than was thought: an owner may be them, or no more."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.owners.link_owners import LinkOwners


class ResidentCorrected(msgspec.Struct, frozen=True):
    """What is needed of resident.corrected."""

    type: ClassVar[str] = "resident.corrected.v1"

    community_id: str
    resident_id: str


def owners_on_resident_corrected(link: LinkOwners) -> Handle[ResidentCorrected]:
    """Look again at the owners that the resident is, was or could be."""

    async def handle(event: Received[ResidentCorrected]) -> None:
        await link(event.data.community_id, event.data.resident_id)

    return handle

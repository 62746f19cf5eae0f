"""Somebody is known to live in a household: its door is not vacant, its building has one more."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.archive.follow_up import FollowUp


class ResidentVerified(msgspec.Struct, frozen=True):
    """What is needed of resident.verified."""

    type: ClassVar[str] = "resident.verified.v1"

    community_id: str
    household_id: str


def archive_on_resident_verified(follow_up: FollowUp) -> Handle[ResidentVerified]:
    """Look at the household and count its building."""

    async def handle(event: Received[ResidentVerified]) -> None:
        await follow_up.somebody_known(event.data.community_id, event.data.household_id, event.time)

    return handle

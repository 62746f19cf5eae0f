"""Somebody lives elsewhere now: the door they left and the one they came to are looked at."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.archive.follow_up import FollowUp


class ResidentMoved(msgspec.Struct, frozen=True):
    """What is needed of resident.moved."""

    type: ClassVar[str] = "resident.moved.v1"

    community_id: str
    from_household_id: str | None
    household_id: str | None


def archive_on_resident_moved(follow_up: FollowUp) -> Handle[ResidentMoved]:
    """Look at both households and count their buildings."""

    async def handle(event: Received[ResidentMoved]) -> None:
        both = event.data.from_household_id, event.data.household_id
        await follow_up.people_moved(
            event.data.community_id, [one for one in both if one is not None], event.time
        )

    return handle

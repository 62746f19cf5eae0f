"""A household has another area, or is vacant or no longer so: its building is counted."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.archive.follow_up import FollowUp


class HouseholdChanged(msgspec.Struct, frozen=True):
    """What is needed of household.changed."""

    type: ClassVar[str] = "household.changed.v1"

    community_id: str
    building_id: str


def archive_on_household_changed(follow_up: FollowUp) -> Handle[HouseholdChanged]:
    """Count the building."""

    async def handle(event: Received[HouseholdChanged]) -> None:
        await follow_up.household_changed(
            event.data.community_id, event.data.building_id, event.time
        )

    return handle

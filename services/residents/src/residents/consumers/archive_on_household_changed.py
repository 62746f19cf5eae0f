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
    household_id: str
    building_id: str
    vacant: bool


def archive_on_household_changed(follow_up: FollowUp) -> Handle[HouseholdChanged]:
    """Look whether a vacant door is one, and count the building."""

    async def handle(event: Received[HouseholdChanged]) -> None:
        data = event.data
        await follow_up.household_changed(
            data.community_id, data.household_id, data.building_id, event.time, vacant=data.vacant
        )

    return handle

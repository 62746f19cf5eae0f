"""Who lives elsewhere now is no longer bound to where they lived."""

from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.logins.end_bindings import EndBindings


class ResidentMoved(msgspec.Struct, frozen=True):
    """What is needed of resident.moved: whom to look for, not where."""

    type: ClassVar[str] = "resident.moved.v1"

    resident_id: str


def bindings_on_resident_moved(end_bindings: EndBindings) -> Handle[ResidentMoved]:
    """End the binding to the home that was left."""

    async def handle(event: Received[ResidentMoved]) -> None:
        await end_bindings.of_home_left(event.community_id, event.data.resident_id)

    return handle

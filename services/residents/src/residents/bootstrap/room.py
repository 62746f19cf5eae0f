"""What a room of this service adds to its processes, beside what every service's do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from chassis.listening import Listener

from chassis import rooms
from residents.application.privacy.ports import PersonalData

F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class Room(rooms.Room[F]):
    """A room that is built.

    Attributes:
        follow_ups: what hears events by the thousand, as after an import, and may take its time.
        personal_data: what it keeps of a person, for the export of one's own data.
    """

    follow_ups: Sequence[Listener[Any]] = ()
    personal_data: Sequence[PersonalData] = ()

    @property
    def topics(self) -> set[str]:
        """The topics that it listens to, at once or in its time."""
        return super().topics | {listener.topic for listener in self.follow_ups}

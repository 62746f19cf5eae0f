"""How often an account did something within the last hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from residents.domain.events import Event

COUNTED_FOR = timedelta(hours=1)


class HourlyLimitReached(Exception):
    """It was done as often as it may be. It never leaves the application.

    Attributes:
        again_at: when the next one may be done.
    """

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__()


class Counted(msgspec.Struct, frozen=True):
    """One of the last hour.

    Attributes:
        name: an id or a keyed hash; the same one is counted once.
    """

    name: str
    at: datetime


class HourlyCount(msgspec.Struct, frozen=True, kw_only=True):
    """What an account did lately, of one kind."""

    id: str
    community_id: str
    recent: tuple[Counted, ...] = ()
    version: int = 0

    def count(
        self, name: str, at: datetime, *, limit: int
    ) -> tuple["HourlyCount", Sequence[Event]]:
        """Count one more; the same one again changes nothing.

        Raises: HourlyLimitReached.
        """
        recent = tuple(counted for counted in self.recent if counted.at + COUNTED_FOR > at)
        if any(counted.name == name for counted in recent):
            return self, ()
        if len(recent) >= limit:
            raise HourlyLimitReached(recent[-limit].at + COUNTED_FOR)
        return msgspec.structs.replace(self, recent=(*recent, Counted(name, at))), ()

"""In what order the notices of one subject leave for one person: as things happened."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from outreach.domain.notices.notifications import DeliveryState
from outreach.domain.replies import DeliveryFailure

LOOK_AGAIN_AFTER = timedelta(seconds=5)
OVERTAKEN = DeliveryFailure("OVERTAKEN", "后来的进展已先发出，这条通知留在小程序内。")
"""It became known only after what came later had left: people read in the order of things."""
_OPEN = frozenset({DeliveryState.PENDING, DeliveryState.SENDING})
_LEFT = frozenset({DeliveryState.SENDING, DeliveryState.DELIVERED, DeliveryState.UNKNOWN})


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one notice is, as far as its neighbours have to know."""

    id: str
    happened_at: datetime
    sequence: int
    state: DeliveryState
    due_at: datetime | None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """When its turn is among those of one subject."""
        return self.happened_at, self.sequence, self.id


class Turn(StrEnum):
    """What to do about a notice that is due."""

    NOW = "now"
    LATER = "later"
    NEVER = "never"


def turn_of(own: Standing, others: Iterable[Standing]) -> Turn:
    """Whether it may leave: not before what came before it, and not after what came after."""
    apart = [other for other in others if other.id != own.id]
    if any(other.place > own.place and other.state in _LEFT for other in apart):
        return Turn.NEVER
    if any(other.place < own.place and other.state in _OPEN for other in apart):
        return Turn.LATER
    return Turn.NOW


def look_again_at(own: Standing, others: Iterable[Standing], now: datetime) -> datetime:
    """When one whose turn is later may have it: not before the earlier ones are tried again."""
    before = [
        other.due_at
        for other in others
        if other.place < own.place and other.state in _OPEN and other.due_at is not None
    ]
    return max([now + LOOK_AGAIN_AFTER, *before])

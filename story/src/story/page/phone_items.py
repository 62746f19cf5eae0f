"""What stood on the residents' phones, as the simulator of WeChat shows it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from story.narrator import Step

# WeChat's times are whole seconds.
_TICK = timedelta(seconds=1)


class PhoneItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a phone sent or received.

    Attributes:
        at: the second in which it stood on the screen.
    """

    phone: str
    number: int
    kind: str
    received: bool
    text: str
    at: datetime


def phone_items(screens: Any, *, since: datetime) -> list[PhoneItem]:
    """Read the answer of `GET /simulator/screens`: what came since a moment, by time."""
    items = [
        PhoneItem(
            phone=phone["name"],
            number=item["number"],
            kind=item["kind"],
            received=item["received"],
            text=item["text"],
            at=datetime.fromtimestamp(item["at"], UTC),
        )
        for phone in screens["phones"]
        for item in phone["items"]
    ]
    recent = [item for item in items if item.at + _TICK > since]
    return sorted(recent, key=lambda item: (item.at, item.phone, item.number))


def shown_at(item: PhoneItem, steps: Sequence[Step]) -> datetime:
    """Return the moment by which it is put in order, within its second.

    What was sent follows the beginning of the last step of that second; what was received comes
    at the second's end.
    """
    end = item.at + _TICK - timedelta(milliseconds=1)
    if item.received:
        return end
    begun = [step.started_at for step in steps if item.at <= step.started_at <= end]
    return max(begun, default=item.at)

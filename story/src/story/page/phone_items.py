"""What stood on the residents' phones, as the simulator of WeChat shows it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from story.narrator import Step

# WeChat's times are whole seconds.
TICK = timedelta(seconds=1)
# What stands for a phone, a door or a number that was taken out of a text.
_TAKEN_OUT = re.compile(r"\[[^\[\]]+\]")


class PhoneItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a phone sent or received.

    Attributes:
        at: the second in which it stood on the screen.
        comment: WeChat's numbers of the comment that it is or answers; None for anything else.
        page: the page of the mini-program that it opens, if any.
    """

    phone: str
    number: int
    kind: str
    received: bool
    text: str
    at: datetime
    comment: tuple[int, int, int] | None = None
    page: str | None = None

    def may_be(self, redacted_text: str) -> bool:
        """Whether a text is this one, but for what was taken out of it."""
        kept = (re.escape(part) for part in _TAKEN_OUT.split(redacted_text))
        return re.fullmatch(".*".join(kept), self.text, re.DOTALL) is not None


def phone_items(screens: Any, *, since: datetime) -> list[PhoneItem]:
    """Read the answer of `GET /simulator/screens`: what came since a moment, by time."""
    items = [_item(phone["name"], item) for phone in screens["phones"] for item in phone["items"]]
    recent = [item for item in items if item.at + TICK > since]
    return sorted(recent, key=lambda item: (item.at, item.phone, item.number))


def step_of(item: PhoneItem, steps: Sequence[Step]) -> Step | None:
    """Return the step in which it was sent: the first that says its words, begun by then."""
    begun = (step for step in steps if step.started_at < item.at + TICK)
    return next((it for it in begun if any(item.text in seen for seen in it.seen)), None)


def shown_at(item: PhoneItem, steps: Sequence[Step]) -> datetime:
    """Return the moment by which it is put in order, within its second.

    What was sent follows the beginning of its step; what was received comes at the second's end.
    """
    if item.received:
        return item.at + TICK - timedelta(milliseconds=1)
    step = step_of(item, steps)
    return item.at if step is None else max(item.at, step.started_at)


def _item(phone: str, item: Any) -> PhoneItem:
    place = (item.get("msg_data_id"), item.get("index"), item.get("user_comment_id"))
    return PhoneItem(
        phone=phone,
        number=item["number"],
        kind=item["kind"],
        received=item["received"],
        text=item["text"],
        at=datetime.fromtimestamp(item["at"], UTC),
        comment=None if None in place else place,
        page=item.get("page"),
    )

"""What the phones have to do with the events: no event names a phone, so by words and by ids."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from story.narrator import Step
from story.page.phone_items import TICK, PhoneItem, step_of
from story.page.takers import Takers
from story.page.told import ID, Told

_RECEIVED, _REPLIED = "comment.received.", "comment.replied."
_TELLS_PEOPLE = "outreach"
_SENT_WITHIN = timedelta(seconds=2)


def written_on(items: Sequence[PhoneItem], events: Sequence[Told]) -> Mapping[str, PhoneItem]:
    """Return what of each comment that was received stood on a phone, by the comment's id.

    The last words that may be the comment's, sent before it was received.
    """
    found: dict[str, PhoneItem] = {}
    for event in events:
        if not event.type.startswith(_RECEIVED):
            continue
        text = str(event.data.get("redacted_text", ""))
        sent = [it for it in items if not it.received and it.at <= event.time and it.may_be(text)]
        if sent:
            found[event.subject] = sent[-1]
    return found


def cause_of_item(
    item: PhoneItem,
    steps: Sequence[Step],
    events: Sequence[Told],
    written: Mapping[str, PhoneItem],
    takers: Takers,
) -> Step | Told | None:
    """Return what led to it: of what was sent the step, of what was received the event."""
    if not item.received:
        return step_of(item, steps)
    if item.page is not None:
        told = may_have_told(item, events, takers)
        return told[0] if len(told) == 1 else None
    answered = {comment_id for comment_id, sent in written.items() if _answers(item, sent)}
    # The event is written when WeChat has taken the reply.
    replied = [it for it in events if it.type.startswith(_REPLIED) and it.subject in answered]
    return min(replied, key=lambda it: abs(it.time - item.at), default=None)


def written_in(
    event: Told,
    items: Sequence[PhoneItem],
    steps: Sequence[Step],
    written: Mapping[str, PhoneItem],
) -> Step | PhoneItem | None:
    """Return what began an event without a cause in any trace.

    Of a received comment the words on a phone; of a reply the step that says its words, which a
    worker sent later.
    """
    sent = written.get(event.subject)
    if sent is None:
        return None
    if event.type.startswith(_RECEIVED):
        return sent
    if not event.type.startswith(_REPLIED):
        return None
    replies = (item for item in items if item.received and _answers(item, sent))
    return next((step for it in replies if (step := step_of(it, steps)) is not None), None)


def _answers(item: PhoneItem, sent: PhoneItem) -> bool:
    """Whether a reply is to these words: the same comment, or a message of the same phone."""
    return (item.phone, item.comment) == (sent.phone, sent.comment)


def may_have_told(item: PhoneItem, events: Sequence[Told], takers: Takers) -> list[Told]:
    """Return the events of which one led to a message that opens a page.

    Of what the page shows, within the seconds before it, and heard by whoever tells people.
    """
    if item.page is None or not item.received:
        return []
    shown = set(ID.findall(item.page))
    return [
        event
        for event in events
        if event.subject in shown
        and item.at - _SENT_WITHIN <= event.time < item.at + TICK
        and any(taker.service == _TELLS_PEOPLE for taker in takers.get(event.type, ()))
    ]

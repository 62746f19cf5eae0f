"""What a relay decides about a batch of outboxes; pure."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chassis.events import OutboxEntry, headers_of, value_of
from chassis.publisher import Message, Outcome


class Outbox(msgspec.Struct, frozen=True):
    """The events that wait in one document, in the order in which they were written."""

    document_id: str
    entries: list[OutboxEntry]


class Published(msgspec.Struct, frozen=True):
    """What may be pulled from the outboxes of one collection, and who must wait.

    Attributes:
        documents: ids of the documents that something is pulled from.
        events: ids of the acknowledged events, each key's first ones without a gap.
        refused: ids of the documents whose first unpublished event will not be taken.
    """

    documents: list[str]
    events: list[str]
    refused: list[str]


def messages_of(outboxes: Sequence[Outbox], *, service: str) -> list[Message]:
    """Every waiting event as it travels, document by document."""
    return [
        Message(
            topic=entry.topic,
            key=entry.key.encode(),
            value=value_of(entry),
            headers=headers_of(entry, service=service),
        )
        for outbox in outboxes
        for entry in outbox.entries
    ]


def published(outboxes: Sequence[Outbox], outcomes: Sequence[Outcome]) -> Published:
    """The acknowledged prefix of each outbox: a document stops at its first failure.

    Args:
        outboxes: what was published.
        outcomes: one for each of `messages_of(outboxes)`.
    """
    documents, events, refused = [], [], []
    start = 0
    for outbox in outboxes:
        end = start + len(outbox.entries)
        count = _prefix(outcomes[start:end])
        if count:
            documents.append(outbox.document_id)
            events += [entry.id for entry in outbox.entries[:count]]
        if count < len(outbox.entries) and outcomes[start + count] is Outcome.REFUSED:
            refused.append(outbox.document_id)
        start = end
    return Published(documents, events, refused)


def oldest(outboxes: Sequence[Outbox]) -> datetime | None:
    """When the longest-waiting event was written; None if none waits."""
    return min((entry.at for outbox in outboxes for entry in outbox.entries), default=None)


def _prefix(outcomes: Sequence[Outcome]) -> int:
    for number, outcome in enumerate(outcomes):
        if outcome is not Outcome.ACKNOWLEDGED:
            return number
    return len(outcomes)

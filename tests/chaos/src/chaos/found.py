"""What is there, as the audit reads it: documents, messages, screens, and what the graph shows."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

Document = dict[str, Any]
RESIDENT_TAGS = "graph.resident_tags"
"""A place of `Found.documents` that no store has: the facts of residents are sealed, so that their
tags are read through the graph."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it stands in a topic."""

    topic: str
    key: str
    event_id: str
    sequence: int
    type: str


class Shown(msgspec.Struct, kw_only=True):
    """What the public graph shows, which has to be what the stores hold.

    Attributes:
        replies: by comment, the words of the staff's reply; "" without one.
        issues: their ids.
        vouchers, notices: by account, the ids that its person sees.
    """

    replies: dict[str, str] = {}
    issues: list[str] = []
    vouchers: dict[str, list[str]] = {}
    notices: dict[str, list[str]] = {}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator's command said of books or a trail.

    Attributes:
        entries: how many it walked.
    """

    command: str
    is_whole: bool
    entries: int
    told: str = ""


class Found(msgspec.Struct, kw_only=True):
    """Everything that an audit looks at.

    Attributes:
        documents: by service and collection, such as "issues.issues"; and in "graph.resident_tags"
            a document for each tag that a clerk is shown of a resident.
        founded: by place, the ids of what was there before anybody acted.
        screens: by phone, what WeChat showed on it, sent and received.
        pushed: by id, what came of WeChat's pushes of messages: accepted, failed or pending.
        accounts: the account of each resident's phone.
        outstanding: what was still under way when the waiting for rest was given up.
        stuck_leases: those that nobody renews and that do not expire.
        dead_letters: how many messages each topic of given-up ones holds.
    """

    documents: dict[str, list[Document]] = {}
    founded: dict[str, list[str]] = {}
    messages: list[Message] = []
    screens: dict[str, list[Document]] = {}
    pushed: dict[str, str] = {}
    accounts: dict[str, str] = {}
    shown: Shown = msgspec.field(default_factory=Shown)
    verdicts: list[Verdict] = []
    outstanding: list[str] = []
    stuck_leases: list[str] = []
    dead_letters: dict[str, int] = {}

    def of(self, place: str) -> list[Document]:
        """Return the documents of a collection, or what lies in an array of each.

        Args:
            place: "vouchers.vouchers", or "vouchers.vouchers/uses" for what the arrays hold; each
                of these has the id of its document as `in`.
        """
        name, _, array = place.partition("/")
        documents = self.documents.get(name, [])
        if not array:
            return documents
        return [
            {**inner, "in": document["_id"]}
            for document in documents
            for inner in document.get(array) or ()
        ]


class Index:
    """Finds documents by the values of some fields, quickly."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._by: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Document]]] = {}

    def get(self, place: str, **fields: object) -> list[Document]:
        """Return the documents in which each field has its value; `__` reaches inside."""
        names = tuple(sorted(fields))
        if (place, names) not in self._by:
            table: dict[tuple[Any, ...], list[Document]] = {}
            for document in self._found.of(place):
                table.setdefault(tuple(_values(document, names)), []).append(document)
            self._by[place, names] = table
        return self._by[place, names].get(tuple(fields[name] for name in names), [])


def _values(document: Document, names: Iterable[str]) -> Iterator[Any]:
    for name in names:
        value: Any = document
        for part in name.split("__"):
            value = value.get(part) if isinstance(value, dict) else None
        yield tuple(value) if isinstance(value, list) else value

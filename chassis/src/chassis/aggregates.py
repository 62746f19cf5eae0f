"""The write path: one aggregate, one document, one atomic write that carries its events.

A document holds the aggregate's fields flat, with `_id` for `id`, and beside them

    version    one more with each write; a write is guarded by the version it read
    sequence   the number of the aggregate's last event
    creation   the request that created it, for as long as it lives
    requests   the last 20 requests that changed it
    outbox     events written with the state and not yet published; pushed here, pulled by
               the relay, touched by nothing else
    held       events of a new document that wait for a moment of the service's own, and its
               name: {"for": …, "events": […]}; only while they wait
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Generic, Protocol, TypeVar

import msgspec

from chassis import keyset
from chassis.clock import Now, utc_now
from chassis.errors import BadUserInput, RequestIdReused, TooMuchContention
from chassis.ids import derived_id
from chassis.joined_reads import JoinedReads
from chassis.mongo import Collection, Document, DuplicateKey, Index, Sort, Store
from chassis.requests import Request
from chassis.tracing import current_traceparent

Cursor = keyset.Cursor
REQUESTS_KEPT = 20
ATTEMPTS = 10
_WRITTEN_AT_ONCE = 500  # well within the time that one operation of the driver may take
HELD_FOR = "held.for"
_LETTING_GO: list[Document] = [
    {"$set": {"outbox": {"$concatArrays": ["$held.events", "$outbox"]}}},
    {"$unset": "held"},
]
_BOOKKEEPING = {"held": 0, "outbox": 0, "requests": 0, "creation": 0}
_NATIVE = (datetime, bytes)


class Event(Protocol):
    """A fact: a msgspec Struct whose fields are the state after it, and the name of its kind."""

    type: ClassVar[str]


class Aggregate(Protocol):
    """What is changed as a whole: a frozen msgspec Struct with these fields among its own."""

    @property
    def id(self) -> str:
        """A TypeID."""

    @property
    def community_id(self) -> str:
        """The tenant, or "" for what is global."""

    @property
    def version(self) -> int:
        """How often it was changed."""


A = TypeVar("A", bound=Aggregate)
Transition = Callable[[A], tuple[A, Sequence[Event]]]


class Page(msgspec.Struct, Generic[A], frozen=True):
    """Some of a list: the items, each one's keyset cursor, and whether more follow."""

    items: list[A]
    cursors: list[Cursor]
    has_next_page: bool


class Codec(Protocol):
    """What is done to a document on its way to the store and back, such as encryption."""

    async def encode(self, document: Document) -> Document:
        """The document as it is stored."""

    async def encode_many(self, documents: Sequence[Document]) -> list[Document]:
        """Many documents as they are stored, so that keys are made together."""

    async def decode(self, documents: Sequence[Document]) -> list[Document]:
        """The documents as they were before, many at once so that keys are read together."""


def event_id(aggregate_id: str, sequence: int, event_type: str) -> str:
    """The one id of an aggregate's n-th event: a republished fact carries it again."""
    return derived_id("event", aggregate_id, str(sequence), event_type)


def outbox_index(collection: str) -> Index:
    """The index by which the relay finds documents with something to publish."""
    return Index(collection=collection, keys=(("outbox.at", 1),), sparse=True)


class Aggregates(Generic[A]):
    """The aggregates of one kind in one collection.

    An adapter subclasses it and adds its queries; `chassis.testing.MemoryAggregates` behaves
    alike. Give `tenancy=False` for what is global; its `community_id` is "".
    """

    def __init__(
        self,
        store: Store,
        collection: str,
        kind: type[A],
        *,
        topic: str,
        not_found: Callable[[str], Exception],
        codec: Codec | None = None,
        now: Now = utc_now,
    ) -> None:
        self.collection: Collection = store.collection(collection)
        self._kind = kind
        self._topic = topic
        self._not_found = not_found
        self._codec = codec
        self._now = now
        self._joined = JoinedReads(self._by_id)

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """Store a new aggregate once, with its events.

        Returns: the stored one; for a repeat, the one that is there.
        Raises: RequestIdReused when the id is there by a request with other input;
            DuplicateKey when another unique index refuses.
        """
        created = msgspec.structs.replace(aggregate, version=1)  # type: ignore[type-var]
        document = self._created(await self._document(created), created, events, request)
        try:
            await self.collection.insert_one(document)
        except DuplicateKey:
            there = await self.collection.find_one(
                {"_id": aggregate.id, "community_id": aggregate.community_id},
                fields={"outbox": 0},
            )
            if there is None:
                raise
            if request is not None and there["creation"] != msgspec.to_builtins(request):
                raise RequestIdReused from None
            return await self._aggregate(there)
        return created

    async def add_many(
        self,
        new: Sequence[tuple[A, Sequence[Event]]],
        *,
        held_for: Callable[[A], str] | None = None,
    ) -> int:
        """Store new aggregates, each with its events, once; those that are there stay as they are.

        Each is one atomic write; all of them are not. What was interrupted is repeated whole.

        Args:
            held_for: under which name an aggregate's events are held back: they are published
                after `release` of it. Some thousands under one name, which go together.
        Returns: how many were new.
        Raises: DuplicateKey when another unique index refuses one.
        """
        added = 0
        for at in range(0, len(new), _WRITTEN_AT_ONCE):
            some = [
                (msgspec.structs.replace(aggregate, version=1), events)  # type: ignore[type-var]
                for aggregate, events in new[at : at + _WRITTEN_AT_ONCE]
            ]
            documents = [_flat(aggregate) for aggregate, _ in some]
            if self._codec:
                documents = await self._codec.encode_many(documents)
            added += await self.collection.insert_missing(
                [
                    _holding(
                        self._created(document, aggregate, events, None),
                        held_for(aggregate) if held_for else None,
                    )
                    for document, (aggregate, events) in zip(documents, some, strict=True)
                ]
            )
        return added

    async def get(self, community_id: str, aggregate_id: str) -> A:
        """Read one. Raises: what `not_found` makes, for another community's id as well."""
        (found,) = await self.get_many(community_id, [aggregate_id])
        if found is None:
            raise self._not_found(aggregate_id)
        return found

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[A | None]:
        """Read many in one query, in the order of the ids, with what others want meanwhile."""
        by_id = await self._joined.by_id(community_id, ids)
        return [by_id.get(aggregate_id) for aggregate_id in ids]

    async def _by_id(self, community_id: str, ids: Sequence[str]) -> dict[str, A]:
        found = await self.collection.find(
            {"_id": {"$in": list(ids)}, "community_id": community_id}, fields=_BOOKKEEPING
        )
        return {aggregate.id: aggregate for aggregate in await self._aggregates(found)}

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Transition[A],
        *,
        request: Request | None = None,
    ) -> A:
        """Read, apply a pure transition, write state and events in one guarded update.

        The transition runs again when somebody else wrote in between. One that returns the
        aggregate unchanged without events writes nothing, unless a request is to be remembered.

        Returns: the aggregate after it; for a repeated request, as it now is.
        Raises: what `not_found` makes; what the transition raises, with nothing written;
            RequestIdReused; TooMuchContention after 10 lost races.
        """
        for _ in range(ATTEMPTS):
            document = await self.collection.find_one(
                {"_id": aggregate_id, "community_id": community_id}, fields={"outbox": 0}
            )
            if document is None:
                raise self._not_found(aggregate_id)
            before = await self._aggregate(document)
            if request is not None and _is_repeat(document, request):
                return before
            after, events = transition(before)
            if request is None and after == before and not events:
                return before
            after = msgspec.structs.replace(after, version=before.version + 1)  # type: ignore[type-var]
            if await self._write(document, after, events, request):
                return after
        raise TooMuchContention

    async def release(self, community_id: str, held_for: str) -> int:
        """Let the events go that `add_many` held under this name, before any that came later.

        Needs an index on community_id and `HELD_FOR`. Returns: of how many documents.
        """
        where: Document = {"community_id": community_id, HELD_FOR: held_for}
        return await self.collection.update_many(where, _LETTING_GO)

    async def change_found(self, where: Document, transition: Transition[A], *, limit: int) -> int:
        """Change what a query finds, each in a guarded update of its own, sent together.

        The transition should leave nothing for the query to find: one that somebody else wrote
        in between is not written, and found the next time. Call it until it answers 0.

        Returns: how many were found.
        Raises: what the transition raises, with nothing written.
        """
        found = await self.collection.find(where, fields={"held": 0, "outbox": 0}, limit=limit)
        outcomes = [transition(before) for before in await self._aggregates(found)]
        changed = [
            (document, msgspec.structs.replace(after, version=document["version"] + 1), events)  # type: ignore[type-var]
            for document, (after, events) in zip(found, outcomes, strict=True)
        ]
        states = [_flat(after) for _, after, _ in changed]
        if self._codec:
            states = await self._codec.encode_many(states)
        await self.collection.update_each(
            [
                self._guarded_update(document, state, after, events, None)
                for (document, after, events), state in zip(changed, states, strict=True)
            ]
        )
        return len(found)

    async def page(
        self, where: Document, *, sort: Sort, first: int, after: Cursor | None = None
    ) -> Page[A]:
        """One page of a list by keyset.

        Args:
            where: equality on the tenant and what an index starts with; the first field of
                the sort may be bounded here too.
            sort: the rest of that index; every direction the same, ending in `_id`.
            after: the cursor of the last item seen.
        Raises: BadUserInput for the cursor of another list.
        """
        fields = [field for field, _ in sort]
        if after is not None:
            if len(after) != len(sort):
                raise BadUserInput
            where = keyset.narrowed(where, keyset.beyond(sort, after))
        found = await self.collection.find(where, fields=_BOOKKEEPING, sort=sort, limit=first + 1)
        cursors = [
            tuple(keyset.value_at(document, field) for field in fields)
            for document in found[:first]
        ]
        return Page(
            items=await self._aggregates(found[:first]),
            cursors=cursors,
            has_next_page=len(found) > first,
        )

    async def _write(
        self,
        document: Document,
        after: A,
        events: Sequence[Event],
        request: Request | None,
    ) -> bool:
        guard, update = self._guarded_update(
            document, await self._document(after), after, events, request
        )
        return await self.collection.update_one(guard, update) == 1

    def _guarded_update(
        self,
        document: Document,
        state: Document,
        after: A,
        events: Sequence[Event],
        request: Request | None,
    ) -> tuple[Document, Document]:
        guard = {
            "_id": state.pop("_id"),
            "community_id": state.pop("community_id"),
            "version": state.pop("version") - 1,
        }
        update: Document = {"$set": state, "$inc": {"version": 1, "sequence": len(events)}}
        push: Document = {}
        if events:
            push["outbox"] = {"$each": self._outbox(after, document["sequence"], events)}
        if request is not None:
            made = {**msgspec.to_builtins(request), "version": after.version}
            push["requests"] = {"$each": [made], "$slice": -REQUESTS_KEPT}
        if push:
            update["$push"] = push
        return guard, update

    def _created(
        self, document: Document, created: A, events: Sequence[Event], request: Request | None
    ) -> Document:
        document["sequence"] = len(events)
        document["creation"] = msgspec.to_builtins(request) if request else None
        document["requests"] = []
        document["outbox"] = self._outbox(created, 0, events)
        return document

    def _outbox(self, aggregate: A, last: int, events: Sequence[Event]) -> list[Document]:
        at = self._now()
        traceparent = current_traceparent()
        return [
            {
                "id": event_id(aggregate.id, sequence, event.type),
                "type": event.type,
                "sequence": sequence,
                "at": at,
                "traceparent": traceparent,
                "topic": getattr(event, "topic", self._topic),
                "key": aggregate.id,
                "subject": aggregate.id,
                "community_id": aggregate.community_id,
                "data": msgspec.to_builtins(event),
            }
            for sequence, event in enumerate(events, last + 1)
        ]

    async def _document(self, aggregate: A) -> Document:
        document = _flat(aggregate)
        return await self._codec.encode(document) if self._codec else document

    async def _aggregate(self, document: Document) -> A:
        return (await self._aggregates([document]))[0]

    async def _aggregates(self, documents: Sequence[Document]) -> list[A]:
        if self._codec:
            documents = await self._codec.decode(documents)
        return [
            msgspec.convert({**document, "id": document["_id"]}, self._kind, builtin_types=_NATIVE)
            for document in documents
        ]


def _holding(document: Document, held_for: str | None) -> Document:
    if held_for is not None:
        document["held"] = {"for": held_for, "events": document["outbox"]}
        document["outbox"] = []
    return document


def _flat(aggregate: Aggregate) -> Document:
    document: Document = msgspec.to_builtins(aggregate, builtin_types=_NATIVE)
    return {"_id": document.pop("id"), **document}


def _is_repeat(document: Document, request: Request) -> bool:
    for made in document["requests"]:
        if (made["caller"], made["request_id"]) == (request.caller, request.request_id):
            if made["input_hash"] != request.input_hash:
                raise RequestIdReused
            return True
    return False

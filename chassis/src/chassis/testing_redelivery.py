"""For tests: events delivered again and out of order, and the whole store after it.

What is delivered goes the way of a worker, from the bytes on: retries, early arrivals, dead
letters. Only the broker is not there, so that a test decides what comes when.
"""

import os
import random
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import msgspec

from chassis.dead_letters import Arrived, DeadLetterWriter, Failure
from chassis.early_arrivals import COLLECTION
from chassis.events import PUBLISHED_AT, OutboxEntry, headers_of, value_of
from chassis.handling import Handling
from chassis.house import Built
from chassis.listening import Listener, Listeners
from chassis.mongo import Document, Store
from chassis.outbox import NOT_EMPTY
from chassis.republish import Facts, republish
from chassis.rooms import Plan, Room, outboxes_of
from chassis.testing import FrozenClock
from chassis.testing_streams import (
    Order,
    Stream,
    Waiting,
    five_times,
    once,
    shuffled,
    with_those_before,
)

B = TypeVar("B", bound=Built)

_ATTEMPTS = 2
_SOON_SECONDS = 3600
# Each write counts, also one that another order needs not; when the relay was there is a stamp.
_NOT_STATE = frozenset({"version", PUBLISHED_AT})
_OWN_BOOKS = frozenset({"leases", "dead_letters"})
_OF_KEPT = frozenset({"_id", "type", "subject", "sequence", "awaits"})


class GivenUp(AssertionError):
    """A worker gave a message up: it would be a dead letter."""


class Untold(AssertionError):
    """Something is listened to that a trial does not tell."""


class OtherState(AssertionError):
    """The store is not as it is when everything is told once; a line for each document."""


class _NoDeadLetters:
    async def write(self, arrived: Arrived, error: BaseException, *, attempts: int) -> None:
        event_type = dict(arrived.headers).get("ce_type", b"?").decode()
        failure = Failure.of(error)
        raise GivenUp(f"{event_type}: {failure.error} {failure.message}") from error


@dataclass(frozen=True)
class Instance:
    """One worker's rooms over a store.

    Attributes:
        topic: the service's own.
        facts: what `republish` tells.
        forgotten: the collections that the store itself empties soon, at a moment of its own.
    """

    store: Store
    listeners: Sequence[Listener[Any]]
    outboxes: Sequence[str]
    topic: str
    facts: Sequence[Facts[Any]]
    forgotten: frozenset[str]


Open = Callable[[], AbstractAsyncContextManager[Instance]]
"""Builds the service anew over the same database, without anything remembered in a process."""


@asynccontextmanager
async def opened(build: Callable[[], B]) -> AsyncIterator[B]:
    """A service's rooms, closed at the end as a process closes them."""
    rooms = build()
    async with AsyncExitStack() as closing:
        closing.push_async_callback(rooms.foundation.store.close)
        for room in rooms.all:
            for stop in room.stops.values():
                closing.push_async_callback(stop)
        yield rooms


def _forgotten(plans: Sequence[Plan]) -> frozenset[str]:
    indexes = [index for plan in plans for index in plan.indexes]
    return frozenset(
        index.collection
        for index in indexes
        if index.expire_after_seconds is not None and index.expire_after_seconds < _SOON_SECONDS
    )


def _all_that_is_heard(room: Room[Any]) -> Sequence[Listener[Any]]:
    return room.listeners


def instances(
    build: Callable[[], Built],
    plans: Sequence[Plan],
    topic: str,
    heard: Callable[[Any], Sequence[Listener[Any]]] = _all_that_is_heard,
) -> Open:
    """Build a service's own rooms anew each time, over the store of its settings.

    Args:
        heard: what the worker does on events because of a room, in all its lanes.
    """

    @asynccontextmanager
    async def instance() -> AsyncIterator[Instance]:
        async with opened(build) as rooms:
            listeners = [listener for room in rooms.all for listener in heard(room)]
            yield Instance(
                rooms.foundation.store,
                listeners,
                outboxes_of(plans),
                topic,
                [fact for room in rooms.all for fact in room.facts],
                _forgotten(plans),
            )

    return instance


State = dict[str, dict[str, Document]]
"""Every document of every collection, by collection and id."""
NobodySees = Callable[[str, Document], bool]


def _everything_counts(_collection: str, _document: Document) -> bool:
    return False


class _Worker:
    """Handles as a service's worker does, and looks after what came early at once."""

    def __init__(self, instance: Instance) -> None:
        self._kept = instance.store.collection(COLLECTION)
        self._clock = FrozenClock()
        self._handling = Handling(
            store=instance.store,
            listeners=Listeners(instance.listeners),
            dead_letters=cast(DeadLetterWriter, _NoDeadLetters()),
            attempts=_ATTEMPTS,
            now=self._clock,
        )

    async def handle(self, event: OutboxEntry) -> None:
        """Deliver an event."""
        await self._handling.handle(
            Arrived(
                topic=event.topic,
                partition=0,
                offset=0,
                key=event.key.encode(),
                value=value_of(event),
                headers=headers_of(event, service="another"),
            )
        )

    async def sweep(self) -> None:
        """Hand over again what was kept, as long as that helps."""
        left = await self._kept.count({})
        while left:
            self._clock.advance(hours=1)
            await self._handling.early_arrivals.sweep()
            before, left = left, await self._kept.count({})
            if left == before:
                return


class Redelivery:
    """One service's store, as it was before the events, to be told them again and again.

    Attributes:
        told: topic and type of everything that was delivered so far.
    """

    def __init__(self, open_instance: Open) -> None:
        self._open = open_instance
        self._before: dict[str, list[Document]] = {}
        self._said: list[OutboxEntry] = []
        self.told: set[tuple[str, str]] = set()

    async def begin(self) -> None:
        """Take what is in the store for what was there before; its outboxes are the first told."""
        async with self._open() as instance:
            self._said = await _taken_from(instance)
            self._before = await _documents(instance.store)

    async def state_after(
        self, streams: Sequence[Stream], order: Order, *, republished: int = 0
    ) -> State:
        """The whole store after everything was delivered in an order.

        Args:
            republished: how often all facts are told again after that.
        Raises: GivenUp if a message was given up.
        """
        async with self._open() as instance:
            await self._set_back(instance.store)
            worker = _Worker(instance)
            waiting = Waiting()
            waiting.add(self._said)
            for stream in streams:
                waiting.add(stream.events())
            await self._deliver_all(instance, worker, waiting, order)
            for _ in range(republished):
                await republish(instance.facts, topic=instance.topic, since=None)
                waiting.add(await _taken_from(instance))
                await self._deliver_all(instance, worker, waiting, order)
            return await _state(instance)

    async def _deliver_all(
        self, instance: Instance, worker: _Worker, waiting: Waiting, order: Order
    ) -> None:
        while waiting.by_key:
            for event in order(waiting):
                self.told.add((event.topic, event.type))
                await worker.handle(event)
            if not waiting.by_key:
                await worker.sweep()
                waiting.add(await _taken_from(instance))

    async def _set_back(self, store: Store) -> None:
        for name in await store.collection_names():
            await store.collection(name).delete_many({})
            if documents := self._before.get(name):
                await store.collection(name).insert_many(documents)


def heard_by(listeners: Iterable[Listener[Any]]) -> set[tuple[str, str]]:
    """Topic and type of everything that is listened to."""
    return {(listener.topic, listener.event.type) for listener in listeners}


async def check_same_state(
    open_instance: Open,
    streams: Sequence[Stream],
    *,
    seed: int,
    shuffles: int,
    nobody_sees: NobodySees = _everything_counts,
) -> None:
    """Deliver everything in every order to the same store.

    Args:
        nobody_sees: of a collection's document: whether no reader ever comes by it.
    Raises: OtherState for the first order whose store differs from that of once; Untold when
        something is listened to that no stream tells; GivenUp.
    """
    redelivery = Redelivery(open_instance)
    await redelivery.begin()
    expected = _seen(await redelivery.state_after(streams, once), nobody_sees)
    async with open_instance() as instance:
        untold = heard_by(instance.listeners) - redelivery.told
    if untold:
        raise Untold(f"no trial tells of {sorted(untold)}")
    orders: dict[str, Order] = {"five times": five_times, "e1 e2 e1": with_those_before}
    for number in range(shuffles):
        chance = random.Random(seed + number)  # noqa: S311 - a trial is to be repeated, not secret
        orders[f"shuffle of SEED={seed + number}"] = shuffled(chance)
    told_again = await redelivery.state_after(streams, once, republished=1)
    told_often = await redelivery.state_after(streams, once, republished=3)
    if differing := differences(_seen(told_again, nobody_sees), _seen(told_often, nobody_sees)):
        raise OtherState("\n".join(["republished thrice: other than once", *differing]))
    for name, order in orders.items():
        found = _seen(await redelivery.state_after(streams, order), nobody_sees)
        differing = differences(expected, found)
        if differing:
            raise OtherState("\n".join([f"{name}: other than once", *differing]))


def seed_of_run() -> int:
    """What `SEED` says, else another one each time; printed, so that a run can be repeated."""
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    sys.stdout.write(f"SEED={seed}\n")
    return seed


def _seen(state: State, nobody_sees: NobodySees) -> State:
    return {
        name: {key: it for key, it in documents.items() if not nobody_sees(name, it)}
        for name, documents in state.items()
    }


def differences(one: State, other: State) -> list[str]:
    """Where two stores differ, a line a document."""
    found = []
    for collection in sorted({*one, *other}):
        left, right = one.get(collection, {}), other.get(collection, {})
        found += [
            f"{collection} {key}: {_fields(left.get(key), right.get(key))}"
            for key in sorted({*left, *right})
            if left.get(key) != right.get(key)
        ]
    return found


def _fields(left: Document | None, right: Document | None) -> str:
    if left is None or right is None:
        return "only in the other" if left is None else "only in the one"
    names = sorted({*left, *right})
    return "; ".join(
        f"{name} {left.get(name)!r} != {right.get(name)!r}"
        for name in names
        if left.get(name) != right.get(name)
    )


async def _taken_from(instance: Instance) -> list[OutboxEntry]:
    """What waits in the outboxes, which are emptied as the relay does."""
    taken: list[OutboxEntry] = []
    for name in instance.outboxes:
        collection = instance.store.collection(name)
        found = await collection.find(NOT_EMPTY, fields={"outbox": 1}, sort=(("_id", 1),))
        for document in found:
            taken += msgspec.convert(document["outbox"], list[OutboxEntry])
        if found:
            await collection.update_many(NOT_EMPTY, {"$set": {"outbox": []}})
    return taken


async def _documents(store: Store) -> dict[str, list[Document]]:
    return {name: await store.collection(name).find({}) for name in await store.collection_names()}


async def _state(instance: Instance) -> State:
    return {
        name: {str(document["_id"]): _told_apart(name, document) for document in documents}
        for name, documents in (await _documents(instance.store)).items()
        if documents and name not in _OWN_BOOKS | instance.forgotten
    }


def _told_apart(collection: str, document: Document) -> Document:
    kept = {
        name: value
        for name, value in document.items()
        if (name in _OF_KEPT if collection == COLLECTION else name not in _NOT_STATE)
    }
    return cast(Document, _without_sealed(kept))


def _without_sealed(value: object) -> object:
    """What is encrypted differs at every writing."""
    if isinstance(value, dict):
        return {name: _without_sealed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_sealed(inner) for inner in value]
    return "sealed" if isinstance(value, bytes) else value

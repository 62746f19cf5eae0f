"""For tests: a clock that stands still, and a store of aggregates in memory.

`MemoryAggregates` earns trust by passing the contract tests that `Aggregates` passes.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

import msgspec

from chassis.aggregates import ATTEMPTS, REQUESTS_KEPT, Aggregate, Event, Transition
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.errors import RequestIdReused, TooMuchContention
from chassis.requests import Request, Requests

A = TypeVar("A", bound=Aggregate)

REQUESTS = Requests(LookupHash(bytes(KEY_BYTES)))
"""Names attempts under a key that everybody knows."""


class FrozenClock:
    """A clock that moves only when told."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move on by a timedelta's keywords and return the new time."""
        self.at += timedelta(**by)
        return self.at


class _Kept(msgspec.Struct, Generic[A]):
    aggregate: A
    creation: Request | None
    requests: list[Request]


class MemoryAggregates(Generic[A]):
    """Aggregates of one kind, kept in this process.

    Attributes:
        events: what was emitted, in order.
        writes: how many writes there were, so that a test can say that nothing changed.
    """

    def __init__(self, not_found: Callable[[str], Exception]) -> None:
        self._kept: dict[tuple[str, str], _Kept[A]] = {}
        self._held: list[tuple[str, str, Sequence[Event]]] = []
        self._not_found = not_found
        self.events: list[Event] = []
        self.writes = 0

    @property
    def all(self) -> list[A]:
        """Every aggregate, in the order of creation."""
        return [kept.aggregate for kept in self._kept.values()]

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """See `Aggregates.add`."""
        key = (aggregate.community_id, aggregate.id)
        if there := self._kept.get(key):
            if request is not None and there.creation != request:
                raise RequestIdReused
            return there.aggregate
        created = msgspec.structs.replace(aggregate, version=1)  # type: ignore[type-var]
        self._kept[key] = _Kept(created, request, [])
        self._record(events)
        return created

    async def add_many(
        self,
        new: Sequence[tuple[A, Sequence[Event]]],
        *,
        held_for: Callable[[A], str] | None = None,
    ) -> int:
        """See `Aggregates.add_many`."""
        before = len(self._kept)
        for aggregate, events in new:
            if held_for is not None and (aggregate.community_id, aggregate.id) not in self._kept:
                self._held.append((aggregate.community_id, held_for(aggregate), events))
                await self.add(aggregate)
            else:
                await self.add(aggregate, events)
        return len(self._kept) - before

    async def release(self, community_id: str, held_for: str) -> int:
        """See `Aggregates.release`."""
        due = [held for held in self._held if held[:2] == (community_id, held_for)]
        for held in due:
            self._held.remove(held)
            self.events.extend(held[2])
        return len(due)

    async def get(self, community_id: str, aggregate_id: str) -> A:
        """See `Aggregates.get`."""
        return self._find(community_id, aggregate_id).aggregate

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[A | None]:
        """See `Aggregates.get_many`."""
        found = [self._kept.get((community_id, aggregate_id)) for aggregate_id in ids]
        return [kept.aggregate if kept else None for kept in found]

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Transition[A],
        *,
        request: Request | None = None,
    ) -> A:
        """See `Aggregates.change`."""
        for _ in range(ATTEMPTS):
            kept = self._find(community_id, aggregate_id)
            before = kept.aggregate
            if request is not None and _is_repeat(kept.requests, request):
                return before
            after, events = transition(before)
            if request is None and after == before and not events:
                return before
            if kept.aggregate is not before:
                continue
            kept.aggregate = msgspec.structs.replace(after, version=before.version + 1)  # type: ignore[type-var]
            if request is not None:
                kept.requests = [*kept.requests, request][-REQUESTS_KEPT:]
            self._record(events)
            return kept.aggregate
        raise TooMuchContention

    def _find(self, community_id: str, aggregate_id: str) -> _Kept[A]:
        try:
            return self._kept[community_id, aggregate_id]
        except KeyError:
            raise self._not_found(aggregate_id) from None

    def _record(self, events: Sequence[Event]) -> None:
        self.events.extend(events)
        self.writes += 1


def _is_repeat(made: Sequence[Request], request: Request) -> bool:
    for earlier in made:
        if (earlier.caller, earlier.request_id) == (request.caller, request.request_id):
            if earlier.input_hash != request.input_hash:
                raise RequestIdReused
            return True
    return False

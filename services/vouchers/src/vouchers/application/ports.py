"""What every room's use cases need of the outside."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from chassis.requests import Request

from vouchers.domain.events import Event

Now = Callable[[], datetime]
Cursor = tuple[object, ...]
A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class Page(Protocol[A_co]):
    """Some of a list, with a keyset cursor for each item."""

    @property
    def items(self) -> Sequence[A_co]:
        """The items, in order."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each item stands in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Aggregates(Protocol[A]):
    """The aggregates of one kind."""

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """Store a new one once; a repeat returns the one that is there."""

    async def get(self, community_id: str, aggregate_id: str) -> A:
        """Read one. Raises: the kind's not-found error."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[A | None]:
        """Read many at once, in the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[A], tuple[A, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> A:
        """Apply a transition in one write. Raises: the kind's not-found error."""

"""What a service remembers of another's aggregates: one document per source aggregate."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from chassis.mongo import Store

P = TypeVar("P")


class Projection(Generic[P]):
    """Remembered aggregates of one kind, each at the highest sequence that has arrived.

    The struct's fields are stored flat, beside `_id`, `community_id` and `sequence`. It must be
    complete from any one event: what needs two events is an aggregate of your own with
    `EarlyArrival`.
    """

    def __init__(self, store: Store, collection: str, kind: type[P]) -> None:
        raise NotImplementedError

    async def put(self, subject: str, community_id: str, sequence: int, state: P) -> bool:
        """Remember the state at this sequence; False if a newer one, or an erasure, is there."""
        raise NotImplementedError

    async def erase(self, subject: str, community_id: str) -> None:
        """Forget it and leave a tombstone that no later event fills again."""
        raise NotImplementedError

    async def get(self, community_id: str, subject: str) -> P | None:
        """What is remembered; None if nothing is, or no longer."""
        raise NotImplementedError

    async def get_many(self, community_id: str, subjects: Sequence[str]) -> list[P | None]:
        """What is remembered of each, in the order asked, by one query."""
        raise NotImplementedError

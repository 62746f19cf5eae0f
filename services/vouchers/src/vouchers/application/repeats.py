"""Whether a request was done before, asked ahead of checks that a later day may fail."""

from collections.abc import Sequence
from typing import TypeVar

from chassis.requests import Request

from vouchers.application.ports import Aggregates
from vouchers.domain.events import Event

A = TypeVar("A")


class _FirstTime(Exception):
    """Stops the change before anything is written."""


async def made_before(
    kept: Aggregates[A], community_id: str, aggregate_id: str, request: Request
) -> A | None:
    """The aggregate that this request has made; None the first time.

    Raises: RequestIdReused when another request made it.
    """
    (there,) = await kept.get_many(community_id, [aggregate_id])
    return None if there is None else await kept.add(there, request=request)


async def changed_before(
    kept: Aggregates[A], community_id: str, aggregate_id: str, request: Request
) -> A | None:
    """The aggregate, if it remembers this request; None the first time, with nothing written.

    Raises: the kind's not-found error; RequestIdReused.
    """

    def first_time(_: A) -> tuple[A, Sequence[Event]]:
        raise _FirstTime

    try:
        return await kept.change(community_id, aggregate_id, first_time, request=request)
    except _FirstTime:
        return None

"""Whether a request was done before, asked ahead of work that cannot be done twice."""

from collections.abc import Sequence
from typing import TypeVar

from chassis.requests import Request

from residents.application.ports import Kept
from residents.domain.events import Event

A = TypeVar("A")


class _FirstTime(Exception):
    """Stops the change before anything is written."""


async def outcome_of_repeat(
    kept: Kept[A], community_id: str, aggregate_id: str, request: Request
) -> A | None:
    """The aggregate, if it remembers this request; None the first time, with nothing written.

    Raises: the kind's …NotFound; RequestIdReused.
    """

    def first_time(_: A) -> tuple[A, Sequence[Event]]:
        raise _FirstTime

    try:
        return await kept.change(community_id, aggregate_id, first_time, request=request)
    except _FirstTime:
        return None

"""A list of the stores in memory, by moment and id, walked as the store walks its index."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from chassis.aggregates import Aggregate, Page

from vouchers.application.ports import Cursor

A = TypeVar("A", bound=Aggregate)


def newest_first(
    found: Iterable[A],
    place: Callable[[A], tuple[datetime, str]],
    *,
    first: int,
    after: Cursor | None,
) -> Page[A]:
    """The page that follows a place."""
    listed = sorted(found, key=place, reverse=True)
    rest = [each for each in listed if after is None or place(each) < after]
    return Page(rest[:first], [place(each) for each in rest[:first]], len(rest) > first)

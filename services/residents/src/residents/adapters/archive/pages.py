"""Pages put together: of what lies there and what is staged, and of one place after another."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from chassis.aggregates import Aggregate, Page

from residents.application.archive.ports import Within
from residents.application.ports import Cursor
from residents.domain.archive.editions import View
from residents.domain.archive.order import range_below
from residents.domain.archive.places import Building, Estate


class Effective(Aggregate, Protocol):
    """What has a staged slot."""

    def effective(self, edition: int, /) -> Any:
        """As of an edition."""


E = TypeVar("E", bound=Effective)
A = TypeVar("A", bound=Aggregate)


def first_of(pages: Sequence[Page[E]], *, first: int, view: View) -> Page[E]:
    """The first of pages that are sorted alike, each item as it counts."""
    placed = [each for page in pages for each in zip(page.cursors, page.items, strict=True)]
    placed.sort(key=_cursor)
    return Page(
        items=[item.effective(view.edition) for _, item in placed[:first]],
        cursors=[cursor for cursor, _ in placed[:first]],
        has_next_page=len(placed) > first or any(page.has_next_page for page in pages),
    )


async def in_each(
    within: Within | None,
    of_place: Callable[[Estate | Building | None, int], Awaitable[Page[A]]],
    *,
    first: int,
    after: Cursor | None,
) -> Page[A]:
    """One page over places, one after the other; `of_place` lists one, or with None all.

    Args:
        after: its first part is an order key, by which the places before it are passed over.
    """
    if within is None:
        return await of_place(None, first)
    items: list[A] = []
    cursors: list[Cursor] = []
    for place in sorted(within, key=_order_key):
        if after is not None and str(after[0]) >= range_below(place.order_key)[1]:
            continue
        # one more than is wanted tells whether there is a next page
        page = await of_place(place, first + 1 - len(items))
        items += page.items
        cursors += page.cursors
        if len(items) > first:
            break
    return Page(items=items[:first], cursors=cursors[:first], has_next_page=len(items) > first)


def _cursor(placed: tuple[Cursor, object]) -> Any:
    return placed[0]


def _order_key(place: Estate | Building) -> str:
    return place.order_key

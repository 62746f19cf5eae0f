"""Pages put together: of what lies there and what is staged, and of one place after another."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from chassis.aggregates import Aggregate, Page

from residents.adapters.archive.index_walk import Walked
from residents.application.archive.ports import Within
from residents.application.ports import Cursor
from residents.domain.archive.order import range_below
from residents.domain.archive.places import Building, Estate

A = TypeVar("A", bound=Aggregate)


def merged(staged: Walked, lying: Walked, *, first: int) -> Walked:
    """The first of what is staged and what lies there, sorted alike.

    Ask for what is staged first: a document that is folded in between the two is then in both,
    and counts once; the other way round it would be in neither.
    """
    placed = dict(zip(staged.cursors, staged.documents, strict=True))
    placed |= zip(lying.cursors, lying.documents, strict=True)
    cursors: list[Any] = sorted(placed)
    return Walked(
        [placed[cursor] for cursor in cursors[:first]],
        cursors[:first],
        len(placed) > first or staged.has_more or lying.has_more,
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


def _order_key(place: Estate | Building) -> str:
    return place.order_key

"""Pages of lists that are in hand."""

from collections.abc import Sequence
from typing import TypeVar

from chassis.aggregates import Page
from chassis.connections import Cursor

from residents.domain.archive.places import Building, Estate

P = TypeVar("P", Estate, Building)


def page_of(listed: Sequence[P], *, first: int, after: Cursor | None) -> Page[P]:
    """One page of places that are all in hand, in their order."""
    keyed = [((each.order_key, each.id), each) for each in listed]
    rest = [(key, each) for key, each in keyed if after is None or key > after]
    return Page(
        items=[each for _, each in rest[:first]],
        cursors=[key for key, _ in rest[:first]],
        has_next_page=len(rest) > first,
    )

"""Arguments of the archive's lists, and pages of lists that are in hand."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

import strawberry
from chassis.aggregates import Page
from chassis.connections import AFTER, FIRST, Cursor, decode_cursor
from chassis.errors import BadUserInput

from residents.domain.archive.places import Building, Estate

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]

P = TypeVar("P", Estate, Building)


def place(after: str | None) -> Cursor | None:
    """Where in a list by door to go on. Raises: BadUserInput for the cursor of another list."""
    match decode_cursor(after):
        case None:
            return None
        case (str(), str()) as found:
            return found
    raise BadUserInput("分页游标无效，请从第一页重新查询。", input_name="after")


def place_by_id(after: str | None) -> Cursor | None:
    """Where in a list by id to go on. Raises: BadUserInput for the cursor of another list."""
    match decode_cursor(after):
        case None:
            return None
        case (str(),) as found:
            return found
    raise BadUserInput("分页游标无效，请从第一页重新查询。", input_name="after")


def page_of(listed: Sequence[P], *, first: int, after: Cursor | None) -> Page[P]:
    """One page of places that are all in hand, in their order."""
    keyed = [((each.order_key, each.id), each) for each in listed]
    rest = [(key, each) for key, each in keyed if after is None or key > after]
    return Page(
        items=[each for _, each in rest[:first]],
        cursors=[key for key, _ in rest[:first]],
        has_next_page=len(rest) > first,
    )

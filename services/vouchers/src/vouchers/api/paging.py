"""Arguments of lists, and where in a list to go on; the cursor of another list is refused."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.connections import AFTER, FIRST, Cursor, decode_cursor
from chassis.errors import BadUserInput

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]


def place_by_moment(after: str | None) -> Cursor | None:
    """In a list by moment and id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (datetime(), str()) as place:
            return place
    raise BadUserInput("列表位置已失效，请从第一页重新查看。", input_name="after")


def place_by_number(after: str | None) -> Cursor | None:
    """In a list by number. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (int(),) as place:
            return place
    raise BadUserInput("列表位置已失效，请从第一页重新查看。", input_name="after")


def place_by_id(after: str | None) -> Cursor | None:
    """In a list by id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (str(),) as place:
            return place
    raise BadUserInput("列表位置已失效，请从第一页重新查看。", input_name="after")

"""Where in a list to go on."""

from typing import Annotated

import strawberry
from chassis.connections import AFTER, FIRST, Cursor, decode_cursor
from chassis.errors import BadUserInput

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]
_OF_ANOTHER_LIST = "分页游标无效，请从第一页重新查询。"


def place_by_door(after: str | None) -> Cursor | None:
    """Of a list of dwellings. Raises: BadUserInput for the cursor of another list."""
    match decode_cursor(after):
        case None:
            return None
        case (str(), str()) as place:
            return place
    raise BadUserInput(_OF_ANOTHER_LIST, input_name="after")


def place_by_id(after: str | None) -> Cursor | None:
    """Of a list of owners. Raises: BadUserInput for the cursor of another list."""
    match decode_cursor(after):
        case None:
            return None
        case (str(),) as place:
            return place
    raise BadUserInput(_OF_ANOTHER_LIST, input_name="after")

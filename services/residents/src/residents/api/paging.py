"""Arguments of lists that go by time, the newest first."""

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.connections import AFTER, FIRST, Cursor, decode_cursor
from chassis.errors import BadUserInput

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]


def place_by_time(after: str | None) -> Cursor | None:
    """Where in the list to go on. Raises: BadUserInput for the cursor of another list."""
    match decode_cursor(after):
        case None:
            return None
        case (datetime(), str()) as place:
            return place
    raise BadUserInput("分页游标无效，请从第一页重新查询。")

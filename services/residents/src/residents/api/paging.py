"""Arguments of lists, and where in a list to go on; the cursor of another list is refused."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from chassis.connections import AFTER, FIRST, Cursor, decode_cursor
from chassis.errors import BadUserInput

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]


def cursor_of_another_list() -> BadUserInput:
    """What a reader raises for a cursor that is not of its list."""
    return BadUserInput("列表位置已失效，请从第一页重新查看。", input_name="after")


def place_by_moment(after: str | None) -> Cursor | None:
    """In a list by moment and id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (datetime(), str()) as place:
            return place
    raise cursor_of_another_list()


def place_by_id(after: str | None) -> Cursor | None:
    """In a list by id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (str(),) as place:
            return place
    raise cursor_of_another_list()


def place_by_key(after: str | None) -> Cursor | None:
    """In a list by a key, such as a door or a person, and id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (str(), str()) as place:
            return place
    raise cursor_of_another_list()


def place_by_day(after: str | None) -> Cursor | None:
    """In a list by day and id. Raises: BadUserInput."""
    match place_by_key(after):
        case None:
            return None
        case (str() as day, str()) as place if _is_day(day):
            return place
    raise cursor_of_another_list()


def place_by_number(after: str | None) -> Cursor | None:
    """In a list by number. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (int() as number,) as place if not isinstance(number, bool):
            return place
    raise cursor_of_another_list()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

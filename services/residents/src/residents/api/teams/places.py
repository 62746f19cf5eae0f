"""Where in the lists of teams to go on: the cursor of another list is refused by name."""

from datetime import date, datetime

from chassis.connections import Cursor, decode_cursor
from chassis.errors import BadUserInput

_MESSAGE = "分页游标无效，请从第一页重新查询。"


def place_by_moment(after: str | None) -> Cursor | None:
    """In a list by moment and id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (datetime(), str()) as place:
            return place
    raise BadUserInput(_MESSAGE)


def place_by_id(after: str | None) -> Cursor | None:
    """In a list by id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (str(),) as place:
            return place
    raise BadUserInput(_MESSAGE)


def place_by_person(after: str | None) -> Cursor | None:
    """In a list by person and id. Raises: BadUserInput."""
    match decode_cursor(after):
        case None:
            return None
        case (str(), str()) as place:
            return place
    raise BadUserInput(_MESSAGE)


def place_by_day(after: str | None) -> Cursor | None:
    """In a list by day and id. Raises: BadUserInput."""
    match place_by_person(after):
        case (str() as day, str()) as place if _is_day(day):
            return place
        case None:
            return None
    raise BadUserInput(_MESSAGE)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

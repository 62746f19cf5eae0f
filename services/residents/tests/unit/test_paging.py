"""Where in a list to go on, and the cursors of other lists."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from chassis.connections import Cursor, encode_cursor
from chassis.errors import BadUserInput
from residents.api.paging import (
    place_by_day,
    place_by_id,
    place_by_key,
    place_by_moment,
    place_by_number,
)

PLACES: dict[Callable[[str | None], Cursor | None], Cursor] = {
    place_by_moment: (datetime(2026, 11, 1, tzinfo=UTC), "session_1"),
    place_by_id: ("owner_1",),
    place_by_key: ("甲3", "building_1"),
    place_by_day: ("2026-11-01", "honour_1"),
    place_by_number: (7,),
}


@pytest.mark.parametrize("read", PLACES)
def test_a_list_goes_on_where_its_cursor_says(read: Callable[[str | None], Cursor | None]) -> None:
    assert read(encode_cursor(PLACES[read])) == PLACES[read]
    assert read(None) is None


@pytest.mark.parametrize(
    ("read", "of_another_list"),
    [
        (place_by_moment, ("2026-11-01", "session_1")),
        (place_by_id, ("甲3", "building_1")),
        (place_by_key, ("owner_1",)),
        (place_by_day, ("甲3", "building_1")),
        (place_by_day, ("owner_1",)),
        (place_by_number, (True,)),
        (place_by_number, ("7",)),
    ],
)
def test_the_cursor_of_another_list_is_refused(
    read: Callable[[str | None], Cursor | None], of_another_list: Cursor
) -> None:
    with pytest.raises(BadUserInput) as refused:
        read(encode_cursor(of_another_list))

    assert refused.value.message == "列表位置已失效，请从第一页重新查看。"
    assert refused.value.input_name == "after"

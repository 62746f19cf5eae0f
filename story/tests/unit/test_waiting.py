"""Waiting looks again until the effect is there or the deadline is over."""

import pytest
from story.stopped import StoryStopped
from story.waiting import until


async def test_returns_what_was_seen_when_it_was_there() -> None:
    looks: list[int] = []

    async def look() -> int:
        looks.append(1)
        return len(looks)

    assert await until("three looks", look, lambda seen: seen == 3, within_seconds=5) == 3


async def test_stops_the_story_at_the_deadline_with_what_was_seen_last() -> None:
    async def look() -> str:
        return "still nothing"

    with pytest.raises(StoryStopped) as stopped:
        await until("a reply", look, lambda seen: seen == "a reply", within_seconds=0.05)
    assert stopped.value.seen == "still nothing"
    assert "a reply" in stopped.value.expected

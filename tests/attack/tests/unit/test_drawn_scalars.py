"""Ids that are there get into documents where they are chosen."""

import asyncio

import pytest
from hypothesis import strategies as st
from strangers.drawing import Broken, draw
from strangers.drawn_scalars import with_known_ids

DOCUMENT = '{ issue(id: "a") { id } x(input: {communityId: "", loafIds: ["c"]}) { y } }'
KNOWN = {"issue": "issue_1", "community": "community_1"}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], DOCUMENT),
        ([False], DOCUMENT),
        ([True], DOCUMENT.replace('"a"', '"issue_1"').replace('""', '"community_1"')
         .replace('"c"', '"issue_1"')),
        ([False, True], DOCUMENT.replace('""', '"community_1"')),
    ],
)  # fmt: skip
def test_ids_are_put_where_they_are_chosen(chosen: list[bool], expected: str) -> None:
    assert with_known_ids(DOCUMENT, KNOWN, chosen) == expected


async def test_the_smallest_input_that_fails_is_found_and_a_seed_draws_it_again() -> None:
    def send(number: int, seen: list[int]) -> None:
        seen.append(number)
        if number > 40:
            raise Broken(str(number), "too large")

    runs: list[list[int]] = [[], []]
    for seen in runs:
        broken = await asyncio.to_thread(
            draw, st.integers(), lambda it, seen=seen: send(it, seen), by="7 it", tries=200
        )
        assert broken is not None
        assert (broken.given, broken.seen) == ("41", "too large")
    assert runs[0] == runs[1]


async def test_where_nothing_fails_nothing_is_found() -> None:
    assert await asyncio.to_thread(draw, st.integers(), lambda _: None, by="1", tries=5) is None

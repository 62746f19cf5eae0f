"""Steps come in an order in which each finds what it needs."""

import pytest
from on_cluster.plan import STEPS, chosen


def test_what_a_step_needs_comes_before_it() -> None:
    before: set[str] = set()
    for step in STEPS:
        assert set(step.needs) <= before, step.name
        before.add(step.name)


def test_a_step_alone_brings_what_it_needs_and_nothing_else() -> None:
    assert [step.name for step in chosen("refuse a violation")] == [
        "make namespaces",
        "refuse a violation",
    ]


def test_where_the_rest_is_done_a_step_goes_alone() -> None:
    alone = chosen("play the story, replay a dead letter", alone=True)

    assert [step.name for step in alone] == ["play the story", "replay a dead letter"]


def test_without_a_choice_all_are_taken() -> None:
    assert chosen("") == list(STEPS)


def test_an_unknown_step_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"no step upgrade; there are: make namespaces, "):
        chosen("upgrade")

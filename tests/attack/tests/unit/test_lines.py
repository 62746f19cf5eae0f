"""A line is judged by what it finds, by whether it comes to its end, and by who dies of it."""

import types
from typing import Any, ClassVar, cast

import pytest
from strangers import lines
from strangers.lives import deaths
from strangers.outcome import Outcome, Tally
from strangers.target import Effort, Target

EFFORT = Effort(1, tries=1, levels=1, body_bytes=1, repeats=0)


class Tried:
    """A line that asks once, and may break."""

    key: ClassVar[str] = "S0"
    rule: ClassVar[str] = "a rule"

    def __init__(self, broken: Exception | None = None) -> None:
        self._broken = broken

    async def run(self, _: Target, __: Effort, tally: Tally) -> None:
        tally.answered("answered")
        if self._broken is not None:
            raise self._broken


async def tried(
    monkeypatch: pytest.MonkeyPatch, line: lines.Line, *seen: dict[str, int]
) -> Outcome:
    looks = iter(seen)

    async def lives_of(_: Any) -> dict[str, int]:
        return next(looks)

    monkeypatch.setattr(lines, "lives_of", lives_of)
    target = cast(Target, types.SimpleNamespace(layout=None))
    return await lines.outcome_of(line, target, EFFORT)


async def test_a_line_that_ends_with_all_alive_finds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = await tried(monkeypatch, Tried(), {"gateway": 7}, {"gateway": 7})

    assert (outcome.inputs, outcome.findings) == (1, [])


async def test_a_process_that_is_another_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = await tried(monkeypatch, Tried(), {"gateway": 7}, {"gateway": 8})

    assert [finding.where for finding in outcome.findings] == ["gateway"]


async def test_a_line_that_breaks_off_is_a_finding_and_no_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = await tried(monkeypatch, Tried(TimeoutError("slow")), {"a": 1}, {"a": 1})

    (finding,) = outcome.findings
    assert "TimeoutError: slow" in finding.seen
    assert outcome.inputs == 1


def test_deaths_are_of_those_that_ran() -> None:
    before = {"same": 1, "other": 2, "away": 3, "gone": 4, "never": 0}
    after = {"same": 1, "other": 5, "away": 0, "never": 6}

    assert set(deaths(before, after)) == {"other", "away", "gone"}

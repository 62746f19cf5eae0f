"""Each line of `make attack`, at a small size: nothing is found, and much was tried."""

import pytest
from strangers.lines import LINES, Line, outcome_of
from strangers.target import Effort, Target

AT_LEAST = {"S1": 100, "S3": 500, "S4": 400, "S5": 200, "S6": 500, "S7": 7}
"""Inputs: fewer were no attack."""


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.key)
async def test_nothing_is_found(line: Line, target: Target, effort: Effort) -> None:
    outcome = await outcome_of(line, target, effort)

    assert outcome.findings == [], f"seed {effort.seed}"
    assert outcome.inputs >= AT_LEAST[line.key], outcome.answers

"""What a figure is worth: medians, spreads, ratios and targets."""

import pytest
from benchmarks.measuring import Row, Target
from benchmarks.runs import Runs


def row(value: float, *, reference: float | None = None, target: Target | None = None) -> Row:
    return Row(name="pages", value=value, unit="/s", reference=reference, target=target)


def test_the_figure_of_several_runs_is_their_median() -> None:
    runs = Runs([31.0, 12.0, 14.0, 13.0, 15.0])

    assert runs.median == 14.0
    assert runs.spread == (12.0, 31.0)


def test_no_run_is_no_figure() -> None:
    with pytest.raises(ValueError, match="needs a run"):
        Runs([])


@pytest.mark.parametrize(
    ("target", "value", "is_reached"),
    [
        (Target("at least", 0.7, of="ratio"), 70.0, True),
        (Target("at least", 0.7, of="ratio"), 69.0, False),
        (Target("at most", 250.0), 250.0, True),
        (Target("at most", 250.0), 250.1, False),
        (Target("exactly", 1_000), 1_000, True),
        (Target("exactly", 1_000), 1_001, False),
    ],
)
def test_a_target_binds_the_value_or_the_ratio(
    target: Target, value: float, is_reached: bool
) -> None:
    assert row(value, reference=100.0, target=target).is_reached is is_reached


def test_a_row_without_a_target_is_neither_reached_nor_missed() -> None:
    assert row(5.0).is_reached is None


def test_a_ratio_without_a_reference_is_not_reached() -> None:
    assert row(5.0, target=Target("at least", 0.5, of="ratio")).is_reached is False

"""W1's figures: medians of the runs, each beside the reference's."""

import pytest
from benchmarks.sides import Run
from benchmarks.w1_figures import result_of

_CALLS = {"residents": 1, "issues": 1, "vouchers": 1, "outreach": 1}


def runs(*pages_per_second: float, faults: tuple[str, ...] = ()) -> list[Run]:
    return [
        Run(
            pages_per_second=each,
            p50_ms=1_600 / each,
            p99_ms=3_200 / each,
            cpu_ms_per_page={"gateway": 2.0, "issues-api": 1_000 / each},
            pages=int(each * 10),
            faults=faults,
        )
        for each in pages_per_second
    ]


def test_the_ratio_is_of_the_medians() -> None:
    result = result_of(runs(80, 20, 90), runs(100, 400, 90), _CALLS)

    assert result.figures["rps"] == 80
    assert result.figures["reference_rps"] == 100
    assert result.figures["ratio_to_reference"] == 0.8
    assert result.figures["calls_per_service"] == _CALLS
    assert result.figures["cpu_ms_per_page"] == {"gateway": 2.0, "issues-api": 12.5}
    assert result.faults == ()


def test_a_slow_page_misses_its_target_and_is_no_fault() -> None:
    result = result_of(runs(60), runs(100), _CALLS)

    assert result.rows[0].is_reached is False
    assert result.faults == ()


@pytest.mark.parametrize("count", [0, 2])
def test_a_page_that_is_not_one_call_to_each_service_is_a_fault(count: int) -> None:
    result = result_of(runs(100), runs(100), {**_CALLS, "issues": count})

    assert result.faults == (f"a page is {count} calls to issues, and not 1",)


def test_a_wrong_answer_of_either_side_is_a_fault() -> None:
    result = result_of(runs(80, faults=("ours",)), runs(100, faults=("theirs",)), _CALLS)

    assert result.faults == ("ours", "theirs")

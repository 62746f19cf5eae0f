"""What is made of the starts of processes."""

import pytest
from benchmarks.w5_processes import Start, kind_of, process_names, result_of


def test_a_process_is_as_good_as_the_median_of_its_starts() -> None:
    starts = [Start(seconds, mb) for seconds, mb in ((1.0, 100), (9.0, 140), (1.5, 109))]
    result = result_of({"issues-worker": starts})
    assert result.figures["max_rss_mb"] == {"issues-worker": 109}
    assert result.figures["max_start_seconds"] == {"issues-worker": 1.5}
    assert result.figures["starts"] == 3
    assert all(row.is_reached for row in result.rows)


@pytest.mark.parametrize(
    ("name", "mb", "is_reached"),
    [("issues-api", 129, True), ("issues-api", 131, False), ("issues-worker", 111, False)],
)
def test_an_api_may_be_larger_than_a_worker(name: str, mb: float, is_reached: bool) -> None:
    memory, _ = result_of({name: [Start(1.0, mb)]}).rows
    assert memory.is_reached is is_reached


def test_the_gateway_is_measured_without_a_bound() -> None:
    memory, ready = result_of({"gateway": [Start(5.0, 190)]}).rows
    assert memory.target is None
    assert not ready.is_reached


def test_every_service_has_both_its_processes() -> None:
    kinds = [kind_of(name) for name in process_names()]
    assert kinds == ["api", "worker"] * 4 + ["gateway"]

"""What W3 says of the delays that were seen."""

from benchmarks.w3_event_delay import result_of
from benchmarks.w3_watching import Delays


def delays(milliseconds: list[int], lost: int = 0) -> Delays:
    return Delays([each / 1_000 for each in milliseconds], [0.002], [0.001], lost)


def test_the_figures_stand_beside_those_of_the_bare_path() -> None:
    result = result_of(delays([40, 50, 60]), delays([20, 25, 40]), [0.01], {"outreach": 0.03})

    assert (result.figures["p99_ms"], result.figures["bare_p99_ms"]) == (60, 40)
    assert (result.figures["ratio_to_bare"], result.figures["events"]) == (1.5, 3)
    assert result.figures["cpu_ms_an_event"] == {"outreach": 10}
    assert [row.is_reached for row in result.rows] == [True, True, None, None]
    assert result.faults == ()


def test_a_comment_without_an_intake_is_a_fault() -> None:
    result = result_of(delays([400], lost=2), delays([20]), [0.01], {})

    assert [row.is_reached for row in result.rows[:2]] == [False, False]
    assert result.faults == ("2 comments without an intake after 30 s",)

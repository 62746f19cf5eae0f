"""What W3 says of the delays that were seen."""

from benchmarks.w3_event_delay import Pair, result_of
from benchmarks.w3_watching import Delays


def delays(milliseconds: list[int], lost: int = 0) -> Delays:
    return Delays([each / 1_000 for each in milliseconds], [0.002], [0.001], lost)


def pair(own: Delays, bare: Delays) -> Pair:
    return Pair(bare, own, [0.01], {"outreach": 0.03})


def test_a_figure_is_the_median_of_the_runs_and_has_their_spread() -> None:
    bare = delays([20, 25, 40])

    result = result_of([pair(delays([40, 50, most]), bare) for most in (60, 400, 72)])

    assert (result.figures["p99_ms"], result.figures["bare_p99_ms"]) == (72, 40)
    assert result.figures["ratio_to_bare_of_each_run"] == [1.5, 10, 1.8]
    assert (result.figures["ratio_to_bare"], result.figures["events"]) == (1.8, 9)
    assert result.figures["cpu_ms_an_event"] == {"outreach": 10}
    assert [row.is_reached for row in result.rows] == [True, True, None, None]
    assert [row.spread for row in result.rows[:2]] == [(60, 400), (1.5, 10)]
    assert result.faults == ()


def test_a_ratio_is_of_one_pair_and_not_of_two_medians() -> None:
    pairs = [pair(delays([own]), delays([bare])) for own, bare in ((30, 10), (90, 40), (60, 30))]

    assert result_of(pairs).figures["ratio_to_bare"] == 2.25
    assert result_of(pairs).rows[1].is_reached is False


def test_a_comment_without_an_intake_is_a_fault() -> None:
    result = result_of([pair(delays([400], lost=2), delays([20]))])

    assert [row.is_reached for row in result.rows[:2]] == [False, False]
    assert result.faults == ("2 comments without an intake after 30 s",)

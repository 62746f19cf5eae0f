"""What a recovery comes to."""

import pytest
from chaos.recovery import Recovery, p95


def test_whole_is_when_the_last_thing_is_back() -> None:
    recovery = Recovery(
        number=1,
        kind="kafka",
        process="kafka",
        pid=1,
        aimed=True,
        away_seconds=1.0,
        written_seconds=0.5,
        flowing_seconds=9.0,
        ready_seconds=3.0,
    )

    assert recovery.whole_seconds == 9.0


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [([], 0.0), ([4.0], 4.0), ([float(n) for n in range(1, 102)], 96.0)],
)
def test_the_95th_of_a_hundred(seconds: list[float], expected: float) -> None:
    assert p95(seconds) == expected

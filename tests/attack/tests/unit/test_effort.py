"""How much of what there is to try is tried."""

import pytest
from strangers.target import Effort

THERE = list(range(50))


def _effort(*, seed: int = 1, repeats: int = 0) -> Effort:
    return Effort(seed, tries=2, levels=300, body_bytes=1_000, repeats=repeats)


def test_the_full_size_tries_all() -> None:
    assert _effort(repeats=5).some_of("S1", THERE, one_in=4) == THERE


@pytest.mark.parametrize(("there", "tried"), [(0, 0), (1, 1), (4, 1), (5, 2), (50, 13)])
def test_the_small_size_tries_a_share_of_whatever_is_there_in_its_order(
    there: int, tried: int
) -> None:
    some = _effort().some_of("S1", THERE[:there], one_in=4)

    assert len(some) == tried
    assert some == sorted(set(some) & set(THERE[:there]))


def test_a_seed_draws_the_same_share_again_and_another_seed_and_another_line_another_one() -> None:
    once, again = (_effort().some_of("S1", THERE, one_in=4) for _ in range(2))

    assert once == again
    assert once != _effort(seed=2).some_of("S1", THERE, one_in=4)
    assert once != _effort().some_of("S3", THERE, one_in=4)

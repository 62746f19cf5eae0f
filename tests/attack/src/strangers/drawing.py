"""Inputs drawn by hypothesis from a seed, each sent; the first that fails is made smaller."""

import threading
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


class Broken(AssertionError):
    """What an input did that none may do."""

    def __init__(self, given: str, seen: str) -> None:
        self.given, self.seen = given, seen
        super().__init__(seen)


def draw(
    strategy: SearchStrategy[T], send: Callable[[T], None], *, by: str, tries: int
) -> Broken | None:
    """Send what is drawn.

    Args:
        by: the seed, as text.
        send: raises Broken for an input that does what none may do.

    Returns: the smallest such input, or None.
    """

    @seed(by)
    @settings(
        max_examples=tries,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
    )
    @given(strategy)
    def sending(drawn: T) -> None:
        send(drawn)

    if threading.current_thread() is threading.main_thread():
        raise RuntimeError("drawing blocks: it belongs into a thread of its own")
    try:
        sending()
    except Broken as broken:
        return broken
    return None

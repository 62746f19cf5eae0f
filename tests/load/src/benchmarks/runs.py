"""Several runs of one thing: the median is the figure, the least and the most its spread."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Runs:
    """What each of several runs measured, in one unit."""

    measured: Sequence[float]

    def __post_init__(self) -> None:
        if not self.measured:
            raise ValueError("a figure needs a run")

    @property
    def median(self) -> float:
        """The figure."""
        return statistics.median(self.measured)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(self.measured), max(self.measured)

"""What a benchmark is, and what it says: the words between `make bench` and each of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol, TypeAlias

import msgspec
from local_stack.leash import Leash

from benchmarks.runs import Runs

Figure: TypeAlias = "int | float | str | list[Figure] | dict[str, Figure] | None"
"""What a benchmark found out, as JSON holds it; its name says the unit. None: not measured."""


class Target(msgspec.Struct, frozen=True):
    """What a row must reach.

    Attributes:
        of: whether the row's own value is bound, or its ratio to the reference.
    """

    bound: Literal["at least", "at most", "exactly"]
    value: float
    of: Literal["value", "ratio"] = "value"

    def is_reached_by(self, figure: float) -> bool:
        """Whether a figure keeps to the bound."""
        if self.bound == "at least":
            return figure >= self.value
        return figure <= self.value if self.bound == "at most" else figure == self.value


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table and one panel of the chart.

    Attributes:
        value: the median, where there were several runs.
        spread: the least and the most of the runs.
        reference: what somebody else reached in the same session, in the same unit.
        reference_name: who that was.
    """

    name: str
    value: float
    unit: str
    spread: tuple[float, float] | None = None
    reference: float | None = None
    reference_name: str = "reference"
    target: Target | None = None

    @classmethod
    def of_runs(
        cls,
        *,
        name: str,
        runs: Runs,
        unit: str,
        reference: float | None = None,
        reference_name: str = "reference",
        target: Target | None = None,
    ) -> "Row":
        """What several runs measured, by their median."""
        return cls(
            name=name,
            value=runs.median,
            unit=unit,
            spread=runs.spread,
            reference=reference,
            reference_name=reference_name,
            target=target,
        )

    @property
    def ratio(self) -> float | None:
        """The value in terms of the reference."""
        return self.value / self.reference if self.reference else None

    @property
    def is_reached(self) -> bool | None:
        """Whether it came up to its target; None for a row without one."""
        if self.target is None:
            return None
        bound = self.value if self.target.of == "value" else self.ratio
        return bound is not None and self.target.is_reached_by(bound)


@dataclass(frozen=True)
class Result:
    """What a benchmark found.

    A target that was missed is a figure and no failure; a wrong answer or an inexact count is a
    fault, and the command then ends with 1.

    Attributes:
        figures: what bench.json keeps, by name.
        rows: for the table and the chart.
        faults: what was wrong, a line each.
    """

    figures: dict[str, Figure]
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()


class Steps(Protocol):
    """The progress bar of one benchmark."""

    def plan(self, steps: int) -> None:
        """Say how many steps there will be, before the first is done."""

    def begin(self, what: str) -> None:
        """Say what goes on now."""

    def done(self, steps: int = 1) -> None:
        """Move the bar on."""

    def say(self, line: str) -> None:
        """Print a line above the bar, that stays."""


@dataclass(frozen=True)
class Workbench:
    """What a benchmark has to work with.

    Attributes:
        seed: of everything that it draws.
        folder: empty, its own, removed when it is over.
        leash: ends what is tied to it, however the command ends.
        mongodb_uri: of the MongoDB to measure on; None for the compiled store, of its own.
    """

    seed: int
    steps: Steps
    folder: Path
    leash: Leash
    mongodb_uri: str | None


class Benchmark(Protocol):
    """One line of what the whole must reach.

    Attributes:
        key: as ONLY names it, W1.
        title: what is measured, in a few words.
    """

    key: ClassVar[str]
    title: ClassVar[str]

    async def run(self, bench: Workbench) -> Result:
        """Measure. What it started has ended when it returns or raises."""

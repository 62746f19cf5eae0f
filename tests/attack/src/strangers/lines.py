"""The lines of attack, in the order in which they are tried: what is planted is looked for last."""

import time
from collections.abc import Callable
from typing import ClassVar, Protocol

from strangers.outcome import Outcome, Tally
from strangers.s1_inputs import Inputs
from strangers.s3_tokens import Tokens
from strangers.s4_queries import Queries
from strangers.s5_ids import Ids
from strangers.s6_canaries import Canaries
from strangers.s7_ledgers import BrokenLedgers
from strangers.target import Effort, Target


class Line(Protocol):
    """One kind of attack."""

    key: ClassVar[str]
    rule: ClassVar[str]

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try it, and keep what came of it."""


LINES: tuple[Line, ...] = (Tokens(), Queries(), Ids(), Inputs(), BrokenLedgers(), Canaries())


async def outcome_of(
    line: Line, target: Target, effort: Effort, watch: Callable[[], object] = lambda: None
) -> Outcome:
    """Try one line. Args: watch: told of each input."""
    tally = Tally(watch)
    began = time.monotonic()
    await line.run(target, effort, tally)
    return tally.outcome(line.key, line.rule, time.monotonic() - began)

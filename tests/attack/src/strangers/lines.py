"""The lines of attack, in the order in which they are tried: what is planted is looked for last."""

import time
import traceback
from collections.abc import Callable
from typing import ClassVar, Protocol

from strangers.lives import deaths, lives_of
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
    """Try one line, and see that every process lived through it. Args: watch: told of each input.

    A line that cannot go on has found something: those before it and after it are kept.
    """
    tally = Tally(watch)
    began = time.monotonic()
    before = await lives_of(target.layout)
    try:
        await line.run(target, effort, tally)
    except Exception as error:
        # What went wrong first, then where: a long trace is cut at its end.
        seen = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
        tally.found("the line itself", f"its first {tally.inputs} inputs", seen)
    for process, seen in deaths(before, await lives_of(target.layout)).items():
        tally.found(process, "one of all inputs; see its log", seen)
    return tally.outcome(line.key, line.rule, time.monotonic() - began)

"""What came of one line of attack: what was tried, how it was answered, and what should not be."""

import statistics
from collections import Counter
from collections.abc import Callable

import msgspec

_LONGEST_SHOWN = 2_000


class Finding(msgspec.Struct, frozen=True):
    """A violation of a line's rule.

    Attributes:
        where: the process that was asked.
        given: the input that shows it, as it was sent, cut to 2,000 characters.
        seen: what was answered, or found.
    """

    where: str
    given: str
    seen: str


class Outcome(msgspec.Struct, frozen=True):
    """One line, tried.

    Attributes:
        rule: what must hold, in one sentence.
        answers: how many inputs were answered with each code.
        notes: figures that are no violations: a cost, a delay.
    """

    line: str
    rule: str
    inputs: int
    answers: dict[str, int]
    findings: list[Finding]
    notes: list[str]
    seconds: float


class Tally:
    """Counts while a line is tried.

    Args:
        watch: told of each input, for a progress bar.
    """

    def __init__(self, watch: Callable[[], object] = lambda: None) -> None:
        self._watch = watch
        self.answers: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        self._costs: list[tuple[float, str, str]] = []

    @property
    def inputs(self) -> int:
        """How many were answered so far."""
        return self.answers.total()

    def answered(self, code: str) -> None:
        """Count one input by the code of its answer."""
        self.answers[code] += 1
        self._watch()

    def found(self, where: str, given: object, seen: object) -> None:
        """Keep what should not be; the same thing at the same place once."""
        finding = Finding(where, _shown(given), _shown(seen))
        if finding not in self.findings:
            self.findings.append(finding)

    def noted(self, text: str) -> None:
        """Keep a figure."""
        self.notes.append(text)

    def weighed(self, where: str, given: str, times: float) -> None:
        """Keep what a refusal cost, in plain questions; the dearest is noted."""
        self._costs.append((times, where, given))

    def outcome(self, line: str, rule: str, seconds: float) -> Outcome:
        """Close the count."""
        return Outcome(
            line=line,
            rule=rule,
            inputs=self.inputs,
            answers=dict(sorted(self.answers.items())),
            findings=self.findings,
            notes=[*self.notes, *self._cost_notes()],
            seconds=round(seconds, 1),
        )

    def _cost_notes(self) -> list[str]:
        if not self._costs:
            return []
        times = statistics.median(cost for cost, _, _ in self._costs)
        dearest, where, given = max(self._costs)
        return [
            f"a refusal costs {times:.1f} × a plain question (median of {len(self._costs)})",
            f"the dearest {dearest:.1f} ×: {given}, at {where}",
        ]


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    left_out = len(text) - _LONGEST_SHOWN
    return text if left_out <= 0 else f"{text[:_LONGEST_SHOWN]}… ({left_out} more)"

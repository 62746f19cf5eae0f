"""A line of the audit: what was asked of how many, and what was not so."""

import msgspec

_SHOWN_AT_MOST = 200


class Line(msgspec.Struct, kw_only=True):
    """One rule and what came of it.

    Attributes:
        counted: how many things the rule was asked of; a rule asked of nothing proves nothing.
        violations: one sentence each, with the ids that are needed to look.
    """

    rule: str
    counted: int = 0
    violations: list[str] = []

    @property
    def is_kept(self) -> bool:
        """Whether all was as the rule says."""
        return not self.violations

    @property
    def was_asked(self) -> bool:
        """Whether there was anything to ask it of."""
        return self.counted > 0

    def ask(self, is_so: bool, otherwise: str) -> None:
        """Count one thing; note what is wrong with it."""
        self.counted += 1
        if not is_so and len(self.violations) < _SHOWN_AT_MOST:
            self.violations.append(otherwise)


def line(rule: str) -> Line:
    """Begin a line."""
    return Line(rule=rule, violations=[])

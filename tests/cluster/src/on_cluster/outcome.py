"""What can come of a step."""

from dataclasses import dataclass
from typing import Literal

State = Literal["done", "failed", "not possible here"]


class CannotBeDone(Exception):
    """This cluster, or what is on it, lacks what the step needs; the message says what."""


class StepFailed(Exception):
    """Something was not as it should be."""


def check(as_expected: bool, expected: str, seen: object) -> None:
    """Go on only if it is as expected. Raises: StepFailed."""
    if not as_expected:
        raise StepFailed(f"expected: {expected}; seen: {seen}")


@dataclass(frozen=True)
class Outcome:
    """One step, as the summary shows it.

    Attributes:
        said: what was seen, or why it could not be.
    """

    name: str
    state: State
    seconds: float
    said: str

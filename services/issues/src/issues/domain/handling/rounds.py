"""Coordination rounds: what an outside party said, what it promised, and whether it kept it."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from issues.domain.handling.party import PartyKind

MAX_ROUNDS = 100


class PromiseOutcome(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


class PromiseState(StrEnum):
    """How a promise stands on a day; the last three are final."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a promise, and who says so.

    Attributes:
        at: when it was fulfilled, or seen to be broken.
        settled_at: when that was recorded.
    """

    outcome: PromiseOutcome
    at: datetime
    settled_at: datetime
    settled_by: str


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What the party said that it would do, and by which day in China; the text is private."""

    text: str
    due_on: date
    settlement: Settlement | None = None

    def state(self, today: date) -> PromiseState:
        """Say how it stands: on its last day it is due, from the next on overdue."""
        if self.settlement is not None:
            return PromiseState(self.settlement.outcome.value)
        if today < self.due_on:
            return PromiseState.OPEN
        return PromiseState.DUE if today == self.due_on else PromiseState.OVERDUE


class CoordinationRound(msgspec.Struct, frozen=True, kw_only=True):
    """One talk with an outside party; who it was and what was said is private.

    Attributes:
        number: from 1 in its issue, without gaps.
        at: when the talk was.
    """

    number: int
    party: str
    party_kind: PartyKind
    at: datetime
    said: str
    promise: Promise | None
    recorded_at: datetime
    recorded_by: str

    @property
    def is_private(self) -> bool:
        """Whether nobody is told: beside the public text, people know which neighbour it is."""
        return self.party_kind is PartyKind.NEIGHBOUR

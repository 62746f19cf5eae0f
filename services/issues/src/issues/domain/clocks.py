"""Promised times. A clock is data: what was promised is written down where it starts to run."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

FIRST_REPLY = timedelta(hours=24)
HAZARD = timedelta(hours=2)
AT_RISK_SHARE = 0.8


class ClockKind(StrEnum):
    """What was promised."""

    FIRST_REPLY = "first_reply"
    HAZARD = "hazard"
    HANDLING = "handling"


class ClockState(StrEnum):
    """How a promise stands at a moment."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    STOPPED = "stopped"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with its moments; `stopped_at` is when it was kept, broken or called off."""

    kind: ClockKind
    started_at: datetime
    at_risk_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None

    def stop(self, at: datetime) -> "Clock":
        """Stop the clock; what has stopped stays as it is."""
        return self if self.stopped_at else msgspec.structs.replace(self, stopped_at=at)

    def state(self, now: datetime) -> ClockState:
        """Say how the promise stands; a stopped clock that ran over stays overdue."""
        moment = self.stopped_at or now
        if moment > self.due_at:
            return ClockState.OVERDUE
        if self.stopped_at is not None:
            return ClockState.STOPPED
        return ClockState.AT_RISK if moment >= self.at_risk_at else ClockState.RUNNING


def start_clock(kind: ClockKind, started_at: datetime, allowed: timedelta) -> Clock:
    """Start a clock; it is at risk when four fifths of the time allowed are gone."""
    return Clock(
        kind=kind,
        started_at=started_at,
        at_risk_at=started_at + allowed * AT_RISK_SHARE,
        due_at=started_at + allowed,
    )

"""Promised times. A clock is data: what was promised is written down where it starts to run.

A pause moves the moments that still lie ahead by its own length, so a moment that a clock names is
always one of the calendar, and a pause ends when it was said to end, whether anybody looks or not.
"""

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
    PAUSED = "paused"
    OVERDUE = "overdue"
    STOPPED = "stopped"


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """From a moment up to another, in which the clock does not count."""

    started_at: datetime
    ends_at: datetime


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with its moments; `stopped_at` is when it was kept, broken or called off.

    Attributes:
        pauses: when it did not count, in order and apart from each other; the last may lie ahead.
        risk_noticed_at: when it was told that the time is running out.
        breach_noticed_at: when it was told that the time has run out.
        first_breach_at: when the time ran out before another was promised, if it did.
    """

    kind: ClockKind
    started_at: datetime
    at_risk_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    risk_noticed_at: datetime | None = None
    breach_noticed_at: datetime | None = None
    first_breach_at: datetime | None = None

    def stop(self, at: datetime) -> "Clock":
        """Stop the clock, and a pause with it; what has stopped stays as it is."""
        if self.stopped_at is not None:
            return self
        return msgspec.structs.replace(self.resume(at), stopped_at=at)

    def pause(self, since: datetime, until: datetime) -> "Clock":
        """Do not count from one moment up to another, which come after all earlier pauses."""
        since = max(since, self.pauses[-1].ends_at) if self.pauses else since
        if until <= since:
            return self
        return msgspec.structs.replace(
            self,
            at_risk_at=_moved(self.at_risk_at, since=since, by=until - since),
            due_at=_moved(self.due_at, since=since, by=until - since),
            pauses=(*self.pauses, Pause(started_at=since, ends_at=until)),
        )

    def resume(self, at: datetime) -> "Clock":
        """Count again from this moment on, if a pause has not ended by then."""
        if not self.pauses or at >= self.pauses[-1].ends_at:
            return self
        last = self.pauses[-1]
        at = max(at, last.started_at)  # another machine's clock may lag behind
        early = at - last.ends_at
        rested = (msgspec.structs.replace(last, ends_at=at),) if at > last.started_at else ()
        return msgspec.structs.replace(
            self,
            at_risk_at=_moved(self.at_risk_at, since=last.ends_at, by=early),
            due_at=_moved(self.due_at, since=last.ends_at, by=early),
            pauses=(*self.pauses[:-1], *rested),
        )

    def run_on(self, at: datetime) -> "Clock":
        """Start a stopped clock again from where it stood; the time between does not count."""
        if self.stopped_at is None:
            return self
        return msgspec.structs.replace(self, stopped_at=None).pause(self.stopped_at, at)

    def with_allowance(self, allowed: timedelta) -> "Clock":
        """Promise another time from the same start on; pauses stay, and that one was broken.

        What was told of a moment that now lies later is to be told again.
        """
        clock = start_clock(self.kind, self.started_at, allowed)
        for pause in self.pauses:
            clock = clock.pause(pause.started_at, pause.ends_at)
        breach_noticed_at = _unless_before(self.breach_noticed_at, clock.due_at)
        return msgspec.structs.replace(
            clock,
            stopped_at=self.stopped_at,
            risk_noticed_at=(
                _unless_before(self.risk_noticed_at, clock.at_risk_at)
                if breach_noticed_at is None
                else self.risk_noticed_at
            ),
            breach_noticed_at=breach_noticed_at,
            first_breach_at=(
                self.due_at
                if self.first_breach_at is None and self.breach_noticed_at is not None
                else self.first_breach_at
            ),
        )

    def kept(self, at: datetime) -> bool:
        """Whether a promise that is fulfilled at a moment was never broken."""
        return at <= self.due_at and self.first_breach_at is None

    def elapsed(self, at: datetime) -> timedelta:
        """Return how long it has counted up to a moment."""
        end = at if self.stopped_at is None else min(at, self.stopped_at)
        paused = (min(end, pause.ends_at) - pause.started_at for pause in self.pauses)
        return end - self.started_at - sum((max(one, _NOTHING) for one in paused), _NOTHING)

    def state(self, now: datetime) -> ClockState:
        """Say how the promise stands; a stopped clock that ran over stays overdue."""
        moment = self.stopped_at or now
        if moment > self.due_at:
            return ClockState.OVERDUE
        if self.stopped_at is not None:
            return ClockState.STOPPED
        if self._is_paused(now):
            return ClockState.PAUSED
        return ClockState.AT_RISK if moment >= self.at_risk_at else ClockState.RUNNING

    @property
    def short_from(self) -> datetime:
        """From when on it is at risk; a pause in which that moment lies is over then."""
        last = self.pauses[-1] if self.pauses else None
        return max(self.at_risk_at, last.ends_at) if last else self.at_risk_at

    @property
    def next_notice_at(self) -> datetime | None:
        """When there is something to tell of it next; None once it has stopped or all is told."""
        if self.stopped_at is not None:
            return None
        if self.risk_noticed_at is None:
            return self.at_risk_at
        return self.due_at if self.breach_noticed_at is None else None

    def _is_paused(self, at: datetime) -> bool:
        return bool(self.pauses) and self.pauses[-1].started_at <= at < self.pauses[-1].ends_at


_NOTHING = timedelta()


def start_clock(kind: ClockKind, started_at: datetime, allowed: timedelta) -> Clock:
    """Start a clock; it is at risk when four fifths of the time allowed are gone."""
    return Clock(
        kind=kind,
        started_at=started_at,
        at_risk_at=started_at + allowed * AT_RISK_SHARE,
        due_at=started_at + allowed,
    )


def _moved(moment: datetime, *, since: datetime, by: timedelta) -> datetime:
    return moment + by if moment >= since else moment


def _unless_before(noticed_at: datetime | None, moment: datetime) -> datetime | None:
    return None if noticed_at is not None and noticed_at < moment else noticed_at

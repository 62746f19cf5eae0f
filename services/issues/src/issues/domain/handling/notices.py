"""What time itself tells of an issue: its clocks run short, run out, and each says so once."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from issues.domain.clocks import Clock
from issues.domain.events import Event
from issues.domain.handling.facts import notices_of
from issues.domain.issue import Issue


def with_notices(issue: Issue, at: datetime) -> tuple[Issue, Sequence[Event]]:
    """Note what the clocks have to tell by a moment and have not told yet.

    Whatever stops or pauses a clock asks this first, so nothing is lost while nobody looks.

    Emits: issue.sla_at_risk v1, issue.sla_breached v1; each once a promised time.
    """
    hazard_clock = issue.hazard.clock and _noticed(issue.hazard.clock, at)
    noticed = msgspec.structs.replace(
        issue,
        hazard=msgspec.structs.replace(issue.hazard, clock=hazard_clock),
        handling=_noticed(issue.handling, at),
    )
    told = {*notices_of(issue, issue.hazard.clock), *notices_of(issue, issue.handling)}
    now_told = (*notices_of(noticed, hazard_clock), *notices_of(noticed, noticed.handling))
    return noticed, tuple(event for event in now_told if event not in told)


def _noticed(clock: Clock, at: datetime) -> Clock:
    while (due := clock.next_notice_at) is not None and due <= at:
        if clock.risk_noticed_at is None:
            clock = msgspec.structs.replace(clock, risk_noticed_at=at)
        else:
            clock = msgspec.structs.replace(clock, breach_noticed_at=at)
    return clock

"""The online reply a comment is owed, and how it counts in the figures."""

from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain.clocks import FIRST_REPLY, Clock, ClockKind, start_clock


class ReplyOutcome(StrEnum):
    """Where the reply stands; the last two are owed no longer."""

    AWAITED = "awaited"
    GIVEN = "given"
    DISMISSED = "dismissed"
    DELETED = "deleted"


class FirstReply(msgspec.Struct, frozen=True, kw_only=True):
    """The promise of a first reply, and what became of it.

    `counted` says whether the comment belongs to the reply rate at all, `judged_at` from when on:
    once it is answered, or once its day is over. `seconds` is the time to the reply. They are
    stored so that the figures are counted by index.
    """

    clock: Clock
    outcome: ReplyOutcome = ReplyOutcome.AWAITED
    counted: bool = True
    judged_at: datetime | None
    replied_at: datetime | None = None
    replied_by: str | None = None
    seconds: int | None = None

    def given(self, at: datetime, by: str) -> "FirstReply":
        """Note the first reply; a second one changes nothing.

        It counts even where the comment had been dismissed or deleted before we heard of it.
        """
        if self.replied_at is not None:
            return self
        clock = self.clock
        return FirstReply(
            clock=msgspec.structs.replace(clock, stopped_at=at),
            outcome=ReplyOutcome.GIVEN,
            judged_at=min(at, clock.due_at),
            replied_at=at,
            replied_by=by,
            seconds=max(0, int((at - clock.started_at).total_seconds())),
        )

    def owed_after_all(self) -> "FirstReply":
        """Note that a comment thought gone is there: its day runs from when it was received."""
        if self.outcome != ReplyOutcome.DELETED:
            return self
        return first_reply_owed(self.clock.started_at)

    def no_longer_owed(self, at: datetime, outcome: ReplyOutcome) -> "FirstReply":
        """Note that nobody waits for a reply any more, and why; one that was given stays."""
        if self.outcome != ReplyOutcome.AWAITED:
            return self
        return FirstReply(clock=self.clock.stop(at), outcome=outcome, counted=False, judged_at=None)


def first_reply_owed(received_at: datetime) -> FirstReply:
    """Start the day within which a comment is answered."""
    clock = start_clock(ClockKind.FIRST_REPLY, received_at, FIRST_REPLY)
    return FirstReply(clock=clock, judged_at=clock.due_at)

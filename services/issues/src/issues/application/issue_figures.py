"""What the staff sees of a community's matters at a glance. Counted at the moment of asking."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from issues.application.ports import Cursor, Intakes, Issues, Now, Page, Period, ReplyTally
from issues.domain.first_reply import ReplyOutcome
from issues.domain.intake import Intake
from issues.domain.permissions import Actor, require

OPERATION = "Community.issueFigures"


class TimeToFirstReply(msgspec.Struct, frozen=True):
    """Half of the answered comments were answered within the median, nine tenths within p90."""

    median_seconds: int
    p90_seconds: int


class ReplyRate(msgspec.Struct, frozen=True, kw_only=True):
    """The share of comments answered within a day, and what it leaves out, by reason."""

    numerator: int
    denominator: int
    excluded: dict[str, int]
    period: Period
    as_of: datetime


@dataclass(frozen=True)
class ReadIssueFigures:
    """Count the comments of a period, and what is open now.

    Raises from every call: NotPermitted.
    """

    intakes: Intakes
    issues: Issues
    now: Now

    async def received(self, actor: Actor, period: Period) -> int:
        """Count the comments received in the period."""
        tally = await self._tally(actor, period, self.now())
        return sum(tally.by_outcome.values())

    async def unanswered(self, actor: Actor) -> int:
        """Count the comments that wait for a reply now, whenever they came."""
        require(actor, OPERATION)
        return await self.intakes.awaiting_reply(actor.community_id)

    async def open_issues(self, actor: Actor) -> int:
        """Count the issues that are open now."""
        require(actor, OPERATION)
        return await self.issues.open_issues(actor.community_id)

    async def time_to_first_reply(self, actor: Actor, period: Period) -> TimeToFirstReply | None:
        """Take median and p90 over the period's answered comments; None without any.

        Both are nearest-rank: times that somebody really waited.
        """
        tally = await self._tally(actor, period, self.now())
        answered = tally.by_outcome.get(ReplyOutcome.GIVEN, 0)
        if not answered:
            return None
        ranks = [(answered + 1) // 2 - 1, (answered * 9 + 9) // 10 - 1]
        median, p90 = await self.intakes.reply_seconds_at(actor.community_id, period, ranks)
        return TimeToFirstReply(median, p90)

    async def replied_within_day(self, actor: Actor, period: Period) -> ReplyRate:
        """Count who was answered in time among those answered or whose day is over."""
        as_of = self.now()
        tally = await self._tally(actor, period, as_of)
        owed = sum(tally.by_outcome.get(outcome, 0) for outcome in _OWED)
        return ReplyRate(
            numerator=tally.within_a_day,
            denominator=tally.judged,
            excluded={
                "day_not_over": owed - tally.judged,
                "dismissed_without_reply": tally.by_outcome.get(ReplyOutcome.DISMISSED, 0),
                "deleted_before_reply": tally.by_outcome.get(ReplyOutcome.DELETED, 0),
            },
            period=period,
            as_of=as_of,
        )

    async def replied_within_day_rows(
        self, actor: Actor, rate: ReplyRate, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """List the comments that the rate counts, as of the moment it was counted."""
        require(actor, OPERATION)
        return await self.intakes.judged_replies(
            actor.community_id, rate.period, judged_by=rate.as_of, first=first, after=after
        )

    async def _tally(self, actor: Actor, period: Period, judged_by: datetime) -> ReplyTally:
        require(actor, OPERATION)
        return await self.intakes.tally_replies(actor.community_id, period, judged_by=judged_by)


_OWED = (ReplyOutcome.AWAITED, ReplyOutcome.GIVEN)

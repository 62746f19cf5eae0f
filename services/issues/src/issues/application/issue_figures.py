"""What the staff sees of a community's matters at a glance. Counted at the moment of asking."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from issues.application.permit import permit
from issues.application.ports import Cursor, Intakes, Issues, Now, Page, Period
from issues.domain.first_reply import ReplyOutcome
from issues.domain.intake import Intake
from issues.domain.permissions import Actor, Operation


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


class ReplyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A period's comments and their first replies."""

    received: int
    answered: int
    within_day: ReplyRate


@dataclass(frozen=True)
class ReadIssueFigures:
    """Count the comments of a period, and what is open now.

    Raises from every call: Forbidden.
    """

    intakes: Intakes
    issues: Issues
    now: Now

    async def unanswered(self, actor: Actor) -> int:
        """Count the comments that wait for a reply now, whenever they came."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.intakes.awaiting_reply(actor.community_id)

    async def open_issues(self, actor: Actor) -> int:
        """Count the issues that are open now."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.issues.open_issues(actor.community_id)

    async def replies(self, actor: Actor, period: Period) -> ReplyFigures:
        """Count the period's comments, and who of those to be judged was answered in time.

        A comment is judged once it is answered or its day is over.
        """
        permit(actor, Operation.ISSUE_FIGURES)
        as_of = self.now()
        tally = await self.intakes.tally_replies(actor.community_id, period, judged_by=as_of)
        outcomes = tally.by_outcome
        owed = outcomes.get(ReplyOutcome.AWAITED, 0) + outcomes.get(ReplyOutcome.GIVEN, 0)
        return ReplyFigures(
            received=sum(outcomes.values()),
            answered=outcomes.get(ReplyOutcome.GIVEN, 0),
            within_day=ReplyRate(
                numerator=tally.within_a_day,
                denominator=tally.judged,
                excluded={
                    "day_not_over": owed - tally.judged,
                    "dismissed_without_reply": outcomes.get(ReplyOutcome.DISMISSED, 0),
                    "deleted_before_reply": outcomes.get(ReplyOutcome.DELETED, 0),
                },
                period=period,
                as_of=as_of,
            ),
        )

    async def time_to_first_reply(
        self, actor: Actor, replies: ReplyFigures
    ) -> TimeToFirstReply | None:
        """Take median and p90 over the period's answered comments; None without any.

        Both are nearest-rank: times that somebody really waited.
        """
        permit(actor, Operation.ISSUE_FIGURES)
        answered = replies.answered
        if not answered:
            return None
        ranks = [(answered + 1) // 2 - 1, (answered * 9 + 9) // 10 - 1]
        median, p90 = await self.intakes.reply_seconds_at(
            actor.community_id, replies.within_day.period, ranks
        )
        return TimeToFirstReply(median, p90)

    async def replied_within_day_rows(
        self, actor: Actor, rate: ReplyRate, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """List the comments that the rate counts, as of the moment it was counted."""
        permit(actor, Operation.ISSUE_FIGURES)
        return await self.intakes.judged_replies(
            actor.community_id, rate.period, judged_by=rate.as_of, first=first, after=after
        )

"""The same ports in memory, for tests of what stands on them.

They earn their trust by passing the contract tests that the MongoDB adapters pass.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from chassis.aggregates import Aggregate, Page
from chassis.testing import MemoryAggregates

from issues.application.ports import Cursor, Due, Period, ReplyTally
from issues.domain.clocks import FIRST_REPLY
from issues.domain.errors import HazardRuleNotFound, IntakeNotFound, IssueNotFound
from issues.domain.events import Event
from issues.domain.first_reply import ReplyOutcome
from issues.domain.handling.work import is_assigned_to
from issues.domain.hazard_rule_set import HazardRuleSet
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import OPEN_STATES, Issue, IssueState

A = TypeVar("A", bound=Aggregate)


class MemoryIntakes(MemoryAggregates[Intake]):
    """The port `Intakes`."""

    def __init__(self) -> None:
        super().__init__(lambda _: IntakeNotFound())

    async def inbox(
        self, community_id: str, state: IntakeState | None, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """See the port."""
        found = [one for one in self._of(community_id) if state in (None, one.state)]
        return page_of(found, _received, newest_first=True, first=first, after=after)

    async def awaiting_reply(self, community_id: str) -> int:
        """See the port."""
        outcomes = [one.first_reply.outcome for one in self._of(community_id)]
        return outcomes.count(ReplyOutcome.AWAITED)

    async def tally_replies(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> ReplyTally:
        """See the port."""
        replies = [one.first_reply for one in self._received_in(community_id, period)]
        outcomes = [reply.outcome for reply in replies]
        return ReplyTally(
            by_outcome={outcome: outcomes.count(outcome) for outcome in set(outcomes)},
            judged=sum(
                reply.judged_at is not None and reply.judged_at <= judged_by for reply in replies
            ),
            within_a_day=sum(
                reply.seconds is not None and reply.seconds <= FIRST_REPLY.total_seconds()
                for reply in replies
            ),
        )

    async def reply_seconds_at(
        self, community_id: str, period: Period, ranks: Sequence[int]
    ) -> list[int]:
        """See the port."""
        seconds = sorted(
            one.first_reply.seconds
            for one in self._received_in(community_id, period)
            if one.first_reply.seconds is not None
        )
        return [seconds[rank] for rank in ranks]

    async def judged_replies(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Intake]:
        """See the port."""
        found = [
            one
            for one in self._received_in(community_id, period)
            if one.first_reply.judged_at is not None and one.first_reply.judged_at <= judged_by
        ]
        return page_of(found, _received, newest_first=False, first=first, after=after)

    def _of(self, community_id: str) -> list[Intake]:
        return [one for one in self.all if one.community_id == community_id]

    def _received_in(self, community_id: str, period: Period) -> list[Intake]:
        return [
            one for one in self._of(community_id) if period.start <= one.received_at < period.end
        ]


class MemoryIssues(MemoryAggregates[Issue]):
    """The port `Issues`."""

    def __init__(self) -> None:
        super().__init__(lambda _: IssueNotFound())

    async def latest(
        self, community_id: str, state: IssueState | None, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        found = [
            one
            for one in self.all
            if one.community_id == community_id and state in (None, one.state)
        ]
        return page_of(found, reported, newest_first=True, first=first, after=after)

    async def public(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Issue]:
        """See the port."""
        found = [
            one
            for one in self.all
            if one.community_id == community_id and one.published_at is not None
        ]
        return page_of(found, _published, newest_first=True, first=first, after=after)

    async def open_issues(self, community_id: str) -> int:
        """See the port."""
        return sum(
            one.community_id == community_id and one.state in OPEN_STATES for one in self.all
        )

    async def assigned_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        found = [
            one
            for one in self.all
            if one.community_id == community_id and is_assigned_to(one, account_id)
        ]
        return page_of(found, reported, newest_first=True, first=first, after=after)

    async def change_due(
        self,
        at: datetime,
        transition: Callable[[Issue], tuple[Issue, Sequence[Event]]],
        *,
        limit: int,
    ) -> int:
        """See the port."""
        due = [one for one in self.all if one.watch_at is not None and one.watch_at <= at]
        for one in due[:limit]:
            await self.change(one.community_id, one.id, transition)
        return len(due[:limit])

    async def due(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """See the port."""
        found = [one for one in self.all if one.watch_at is not None and one.watch_at <= at]
        page = page_of(found, _watched, newest_first=False, first=first, after=after)
        return [Due(one.community_id, one.id, _watched(one)) for one in page.items]


class MemoryHazardRuleSets(MemoryAggregates[HazardRuleSet]):
    """The port `HazardRuleSets`."""

    def __init__(self) -> None:
        super().__init__(lambda _: HazardRuleNotFound())


def _received(intake: Intake) -> tuple[datetime, str]:
    return intake.received_at, intake.id


def reported(issue: Issue) -> tuple[datetime, str]:
    """Where it stands in a list by the moment of the report."""
    return issue.reported_at, issue.id


def _watched(issue: Issue) -> tuple[datetime, str]:
    assert issue.watch_at is not None  # noqa: S101  only what is watched is asked
    return issue.watch_at, issue.id


def _published(issue: Issue) -> tuple[datetime, str]:
    assert issue.published_at is not None  # noqa: S101  only what is public is asked
    return issue.published_at, issue.id


def page_of(
    found: Sequence[A],
    place: Callable[[A], tuple[datetime, str]],
    *,
    newest_first: bool,
    first: int,
    after: Cursor | None,
) -> Page[A]:
    """Cut a page out of all that was found, as the store does by an index."""
    items = sorted(found, key=place, reverse=newest_first)
    if after is not None:
        items = [
            item for item in items if (place(item) < after if newest_first else place(item) > after)
        ]
    return Page(
        items[:first], [place(item) for item in items[:first]], has_next_page=len(items) > first
    )


class MemoryFailures:
    """The port `FailureTally`: what failed, in order."""

    def __init__(self) -> None:
        self.counted: list[tuple[str, str, str]] = []

    def failed(self, work: str, about: str, error: Exception) -> None:
        """See the port."""
        self.counted.append((work, about, type(error).__name__))

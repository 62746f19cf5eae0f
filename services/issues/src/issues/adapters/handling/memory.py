"""The ports of the handling in memory, for tests of what stands on them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec
from chassis.aggregates import Page

from issues.adapters.memory import MemoryIssues, page_of, reported
from issues.application.handling.ports import HandledGroup, PromiseTally
from issues.application.ports import Cursor, Period
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.rounds import Promise
from issues.domain.issue import DONE_STATES, Issue, IssueState


class MemoryKnownAccounts:
    """The port `KnownAccounts`."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}

    async def learn(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        """See `StoredKnownAccounts.learn`."""
        known = self._known.get((community_id, account_id))
        if known is None or known[0] < sequence:
            self._known[community_id, account_id] = sequence, frozenset(roles)

    async def roles_of(self, community_id: str, account_ids: Sequence[str]) -> list[frozenset[str]]:
        """See the port."""
        nothing = (0, frozenset[str]())
        return [self._known.get((community_id, each), nothing)[1] for each in account_ids]


class MemoryHandlingTallies:
    """The port `HandlingTallies`."""

    def __init__(self, issues: MemoryIssues) -> None:
        self._issues = issues

    async def groups(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> list[HandledGroup]:
        """See the port."""
        found = self._reported_in(community_id, period)
        counts = Counter(_stand(issue) for issue in found)
        judged = Counter(_stand(issue) for issue in found if _is_judged(issue, judged_by))
        return [
            msgspec.structs.replace(stand, count=count, judged=judged[stand])
            for stand, count in counts.items()
        ]

    async def promises(
        self, community_id: str, first_day: date, last_day: date, *, today: date
    ) -> PromiseTally:
        """See the port."""
        states = Counter(
            held.promise.state(today).value
            for issue in self._issues.all
            if issue.community_id == community_id
            for held in issue.rounds
            if held.promise is not None
            and _counts(issue, held.promise)
            and first_day <= held.promise.due_on <= last_day
        )
        return PromiseTally(**states)

    async def judged(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Issue]:
        """See the port."""
        return self._page(
            community_id, period, lambda issue: _is_judged(issue, judged_by), first, after
        )

    async def done(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        return self._page(
            community_id, period, lambda issue: issue.state in DONE_STATES, first, after
        )

    async def rated(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        return self._page(community_id, period, _is_rated, first, after)

    async def count_overdue(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return len(self._that(_is_overdue, community_id, at))

    async def count_at_risk(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return len(self._that(_is_at_risk, community_id, at))

    async def overdue(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        found = self._that(_is_overdue, community_id, at)
        return page_of(found, _due, newest_first=False, first=first, after=after)

    async def at_risk(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """See the port."""
        found = self._that(_is_at_risk, community_id, at)
        return page_of(found, _due, newest_first=False, first=first, after=after)

    def _that(
        self, which: Callable[[Issue, datetime], bool], community_id: str, at: datetime
    ) -> list[Issue]:
        return [
            one for one in self._issues.all if one.community_id == community_id and which(one, at)
        ]

    def _page(
        self,
        community_id: str,
        period: Period,
        which: Callable[[Issue], bool],
        first: int,
        after: Cursor | None,
    ) -> Page[Issue]:
        found = [issue for issue in self._reported_in(community_id, period) if which(issue)]
        return page_of(found, reported, newest_first=False, first=first, after=after)

    def _reported_in(self, community_id: str, period: Period) -> list[Issue]:
        return [
            issue
            for issue in self._issues.all
            if issue.community_id == community_id and period.start <= issue.reported_at < period.end
        ]


def _stand(issue: Issue) -> HandledGroup:
    confirmation = issue.confirmation
    return HandledGroup(
        state=issue.state,
        level=issue.level,
        in_time=issue.resolution.in_time if issue.resolution else None,
        confirmed_how=confirmation.how if confirmation else None,
        rating=confirmation.rating if confirmation else None,
        count=0,
        judged=0,
    )


def _is_judged(issue: Issue, judged_by: datetime) -> bool:
    return issue.judged_at is not None and issue.judged_at <= judged_by


def _is_rated(issue: Issue) -> bool:
    confirmation = issue.confirmation
    return confirmation is not None and confirmation.how == ConfirmedHow.REPORTER


def _counts(issue: Issue, promise: Promise) -> bool:
    if issue.state == IssueState.CONFIRMED:
        return promise.settlement is not None
    return issue.is_open or issue.state == IssueState.RESOLVED


def _is_overdue(issue: Issue, at: datetime) -> bool:
    return issue.due_at is not None and issue.due_at < at


def _is_at_risk(issue: Issue, at: datetime) -> bool:
    if issue.due_at is None or issue.at_risk_at is None:
        return False
    return issue.at_risk_at <= at <= issue.due_at


def _due(issue: Issue) -> tuple[datetime, str]:
    assert issue.due_at is not None  # noqa: S101  only what is due is asked
    return issue.due_at, issue.id

"""The ports of the handling in memory, for tests of what stands on them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec
from chassis.aggregates import Page

from issues.adapters.memory import MemoryIssues, page_of, reported
from issues.application.handling.ports import HandledGroup, PromiseTally
from issues.application.ports import Cursor, Period
from issues.domain.issue import DONE_STATES, Issue


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
            if held.promise is not None and first_day <= held.promise.due_on <= last_day
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
    return issue.confirmation is not None and issue.confirmation.rating is not None

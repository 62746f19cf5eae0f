"""What the use cases need of the outside."""

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec
from chassis.requests import Request

from issues.domain.events import Event
from issues.domain.first_reply import ReplyOutcome
from issues.domain.hazard_rule_set import HazardRuleSet
from issues.domain.intake import Intake, IntakeState
from issues.domain.issue import Issue, IssueState

Now = Callable[[], datetime]
Cursor = tuple[object, ...]
A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class Page(Protocol[A_co]):
    """Some of a list, with a keyset cursor for each item."""

    @property
    def items(self) -> Sequence[A_co]:
        """The items, in order."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each item stands in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Aggregates(Protocol[A]):
    """The aggregates of one kind."""

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """Store a new one once; a repeat returns the one that is there."""

    async def get(self, community_id: str, aggregate_id: str) -> A:
        """Read one. Raises: the kind's not-found error."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[A | None]:
        """Read many at once, in the order of the ids."""

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Callable[[A], tuple[A, Sequence[Event]]],
        *,
        request: Request | None = None,
    ) -> A:
        """Apply a transition in one write. Raises: the kind's not-found error."""


class Period(msgspec.Struct, frozen=True):
    """From a moment, up to but not including another, aware UTC."""

    start: datetime
    end: datetime


class ReplyTally(msgspec.Struct, frozen=True, kw_only=True):
    """The comments of a period by what became of their first reply."""

    by_outcome: dict[ReplyOutcome, int]
    judged: int
    within_a_day: int


class Intakes(Aggregates[Intake], Protocol):
    """What residents wrote."""

    async def inbox(
        self, community_id: str, state: IntakeState | None, *, first: int, after: Cursor | None
    ) -> Page[Intake]:
        """List them, the latest received first."""

    async def awaiting_reply(self, community_id: str) -> int:
        """Count those who wait for a reply at present."""

    async def tally_replies(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> ReplyTally:
        """Count the period's comments by outcome, those judged by a moment, those in time."""

    async def reply_seconds_at(
        self, community_id: str, period: Period, ranks: Sequence[int]
    ) -> list[int]:
        """Return the n-th shortest times to a reply of the period's answered comments, n from 0."""

    async def judged_replies(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Intake]:
        """List the comments that the reply rate counts, the first received first."""


class Due(msgspec.Struct, frozen=True):
    """Something of any community that is due, and its place in the order of that."""

    community_id: str
    id: str
    place: Cursor


class Issues(Aggregates[Issue], Protocol):
    """What is being worked on."""

    async def latest(
        self, community_id: str, state: IssueState | None, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List them, the latest reported first."""

    async def public(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Issue]:
        """List those that everybody may see, the latest published first."""

    async def open_issues(self, community_id: str) -> int:
        """Count those that are not done."""

    async def assigned_to(
        self, community_id: str, account_id: str, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List those that an account is to work on, the latest reported first."""

    async def change_due(
        self,
        at: datetime,
        transition: Callable[[Issue], tuple[Issue, Sequence[Event]]],
        *,
        limit: int,
    ) -> int:
        """Change the issues of all communities to which time itself does something by a moment.

        Each in one write of its own; one that somebody else changed in between is left as it is.

        Returns: how many were found; call it until that is 0.
        Raises: what the transition raises for any of them.
        """

    async def due(self, at: datetime, *, first: int, after: Cursor | None) -> list[Due]:
        """Name the issues that `change_due` would change, without reading more of them."""


class FailureTally(Protocol):
    """Counts what failed, for whoever operates this."""

    def failed(self, work: str, about: str, error: Exception) -> None:
        """A piece of work failed in a way that nobody foresaw, and the rest goes on.

        Args:
            work: what was done.
            about: the id of what it was done to.
        """


class HazardRuleSets(Aggregates[HazardRuleSet], Protocol):
    """Communities' own rules; one set each, under an id that the community's id gives."""


class LiveIssues(Protocol):
    """Issues as they change."""

    def watch(self, community_id: str, issue_id: str) -> AsyncGenerator[Issue | None, None]:
        """Yield the issue now, then the latest after each change; None while it is not there."""

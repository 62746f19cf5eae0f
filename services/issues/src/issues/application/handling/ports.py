"""What the handling needs of the outside, beside the issues."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from issues.application.ports import Cursor, Page, Period
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.issue import Issue, IssueState, Level


class KnownAccounts(Protocol):
    """Accounts of the community, as far as residents told what they may act as."""

    async def roles_of(self, community_id: str, account_ids: Sequence[str]) -> list[frozenset[str]]:
        """Say what each acts as, in the order asked; nothing for one that is not known."""


class AccountMemory(Protocol):
    """Where it is remembered what accounts act as."""

    async def learn(
        self, community_id: str, account_id: str, roles: Sequence[str], *, sequence: int
    ) -> None:
        """Remember it; what was told earlier, by its sequence, changes nothing."""


class HandledGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Issues of a period that stand alike.

    Attributes:
        in_time: whether they were resolved in time the last time; None for those never resolved.
        count: how many there are.
        judged: how many of them count as handled in time or not.
    """

    state: IssueState
    level: Level
    in_time: bool | None
    confirmed_how: ConfirmedHow | None
    rating: int | None
    count: int
    judged: int


class PromiseTally(msgspec.Struct, frozen=True, kw_only=True):
    """The promises for some days by what became of them; those without a word by their day."""

    kept: int = 0
    late: int = 0
    broken: int = 0
    open: int = 0
    due: int = 0
    overdue: int = 0


class HandlingTallies(Protocol):
    """Counts of the issues that were reported in a period."""

    async def groups(
        self, community_id: str, period: Period, *, judged_by: datetime
    ) -> list[HandledGroup]:
        """Count them by how they stand."""

    async def promises(
        self, community_id: str, first_day: date, last_day: date, *, today: date
    ) -> PromiseTally:
        """Count the promises for these days, both included, whenever the issue was reported.

        Left out: those of rejected issues and of duplicates, and those of settled issues of which
        nobody said what became of them, because nobody will.
        """

    async def count_overdue(self, community_id: str, at: datetime) -> int:
        """Count the open issues of which a clock had run out by a moment."""

    async def count_at_risk(self, community_id: str, at: datetime) -> int:
        """Count the open issues whose time is short at a moment, and has not run out."""

    async def overdue(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List those that `count_overdue` counts, the first due first."""

    async def at_risk(
        self, community_id: str, at: datetime, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List those that `count_at_risk` counts, the first due first."""

    async def judged(
        self,
        community_id: str,
        period: Period,
        *,
        judged_by: datetime,
        first: int,
        after: Cursor | None,
    ) -> Page[Issue]:
        """List those that count as handled in time or not, the first reported first."""

    async def done(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List those that are resolved or confirmed, the first reported first."""

    async def rated(
        self, community_id: str, period: Period, *, first: int, after: Cursor | None
    ) -> Page[Issue]:
        """List those that their reporters rated, the first reported first."""

"""The stores of teams in memory, for unit tests; they pass the contract tests of the real ones."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from chassis.aggregates import Aggregate, Page
from chassis.testing import MemoryAggregates

from residents.application.ports import Cursor
from residents.domain.teams.errors import HonourNotFound, MemberNotFound, TeamNotFound
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.team import Team

A = TypeVar("A", bound=Aggregate)


class MemoryTeams(MemoryAggregates[Team]):
    """Teams in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: TeamNotFound())

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Team]:
        """See `Teams.newest_first`."""
        listed = [kept for kept in self.all if kept.community_id == community_id]
        return _page(listed, lambda t: (t.created_at, t.id), first, after, descending=True)


class MemoryMemberships(MemoryAggregates[Membership]):
    """Memberships in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: MemberNotFound())

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> Page[Membership]:
        """See `Memberships.of_team`."""
        listed = [m for m in self.all if (m.community_id, m.team_id) == (community_id, team_id)]
        return _page(listed, lambda m: (m.id,), first, after)

    async def with_posts(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Membership]:
        """See `Memberships.with_posts`."""
        listed = [m for m in self.all if m.community_id == community_id and m.has_posts]
        return _page(listed, lambda m: (m.person_id, m.id), first, after)

    async def of_people(self, community_id: str, person_ids: Sequence[str]) -> list[Membership]:
        """See `Memberships.of_people`."""
        return [m for m in self.all if m.community_id == community_id and m.person_id in person_ids]


class MemoryHonours(MemoryAggregates[Honour]):
    """Honours in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: HonourNotFound())

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> Page[Honour]:
        """See `Honours.of_team`."""
        listed = [h for h in self.all if (h.community_id, h.team_id) == (community_id, team_id)]
        return _page(
            listed, lambda h: (h.awarded_on.isoformat(), h.id), first, after, descending=True
        )


def _page(
    listed: list[A],
    place: Callable[[A], Cursor],
    first: int,
    after: Cursor | None,
    *,
    descending: bool = False,
) -> Page[A]:
    """A page by keyset, as the store gives it."""
    ordered = sorted(listed, key=place, reverse=descending)
    if after is not None:
        ordered = [
            each for each in ordered if (place(each) < after if descending else place(each) > after)
        ]
    return Page(ordered[:first], [place(each) for each in ordered[:first]], len(ordered) > first)

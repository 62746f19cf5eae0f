"""What can be read of teams, by whom."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from residents.application.authorisation import demand
from residents.application.listing import Listed, ReadPage, every_page, picked
from residents.application.ports import Cursor
from residents.application.teams.ports import (
    Honours,
    Memberships,
    PageOf,
    People,
    Teams,
    Today,
)
from residents.domain.roles import Actor
from residents.domain.teams.average_age import AgeFigure, age_in, average_age
from residents.domain.teams.dual_posts import DualPosts, dual_posts
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.permissions import (
    READ_DUAL_APPOINTMENTS,
    READ_OWN_POSTS,
    READ_TEAMS,
)
from residents.domain.teams.team import Team

# The keyset is (person, membership): behind all memberships of a person.
_AFTER_ANY_ID = "~"


class ShownMember(msgspec.Struct, frozen=True):
    """A member as the office sees them: name in full or masked, None once erased."""

    membership: Membership
    name: str | None


class ShownDualPosts(msgspec.Struct, frozen=True):
    """One person's posts in several teams."""

    posts: DualPosts
    name: str | None


@dataclass(frozen=True)
class TeamQueries:
    """Every read is of the actor's own community."""

    teams: Teams
    memberships: Memberships
    honours: Honours
    people: People
    today: Today

    async def team(self, actor: Actor, team_id: str) -> Team | None:
        """One team; None for another's."""
        demand(actor, READ_TEAMS)
        (found,) = await self.teams.get_many(actor.community_id, [team_id])
        return found

    async def teams_by_id(self, actor: Actor, ids: Sequence[str]) -> list[Team | None]:
        """In the order of the ids, for who may already read a member of each."""
        demand(actor, READ_OWN_POSTS)
        return await self.teams.get_many(actor.community_id, ids)

    async def listed(self, actor: Actor, *, first: int, after: Cursor | None) -> PageOf[Team]:
        """The community's teams, the newest first."""
        demand(actor, READ_TEAMS)
        return await self.teams.newest_first(actor.community_id, first=first, after=after)

    async def members(
        self, actor: Actor, team_id: str, on: date, *, first: int, after: Cursor | None
    ) -> Listed[ShownMember]:
        """Who is in the team on that day."""
        demand(actor, READ_TEAMS)
        page = await picked(
            self._of_team(actor, team_id), lambda m: m.belongs_on(on), first=first, after=after
        )
        return await self._shown(actor, page)

    async def average_age(self, actor: Actor, team_id: str, on: date) -> AgeFigure:
        """The team's average age on that day."""
        demand(actor, READ_TEAMS)
        members = [each async for each in every_page(self._of_team(actor, team_id))]
        return average_age(members, on)

    async def average_age_rows(
        self, actor: Actor, team_id: str, on: date, *, first: int, after: Cursor | None
    ) -> Listed[ShownMember]:
        """Those whom the average counts."""
        demand(actor, READ_TEAMS)
        page = await picked(
            self._of_team(actor, team_id),
            lambda m: m.belongs_on(on) and isinstance(age_in(m, on), int),
            first=first,
            after=after,
        )
        return await self._shown(actor, page)

    async def honours_of(
        self, actor: Actor, team_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[Honour]:
        """A team's honours and those of its people."""
        demand(actor, READ_TEAMS)
        return await self.honours.of_team(actor.community_id, team_id, first=first, after=after)

    async def dual_appointments(
        self, actor: Actor, on: date, *, first: int, after: Cursor | None
    ) -> Listed[ShownDualPosts]:
        """Who holds posts in two teams or more on that day."""
        demand(actor, READ_DUAL_APPOINTMENTS)
        found: list[DualPosts] = []
        async for person in self._people_with_posts(actor, after):
            if posts := dual_posts(person, on):
                found.append(posts)
            if len(found) > first:
                break
        kept = found[:first]
        names = await self.people.shown_names(
            actor.community_id, [posts.posts[0][0] for posts in kept]
        )
        return Listed(
            [ShownDualPosts(posts, names.get(posts.posts[0][0].id)) for posts in kept],
            [(posts.person_id, _AFTER_ANY_ID) for posts in kept],
            has_next_page=len(found) > first,
        )

    async def own_posts(self, actor: Actor) -> list[ShownMember]:
        """The caller's own memberships of today."""
        demand(actor, READ_OWN_POSTS)
        community_id, today = actor.community_id, self.today()
        person_ids = await self.people.person_ids_of(community_id, actor.account_id)
        memberships = await self.memberships.of_people(community_id, person_ids)
        standing = [each for each in memberships if each.belongs_on(today)]
        names = await self.people.shown_names(community_id, standing)
        return [ShownMember(each, names.get(each.id)) for each in standing]

    async def shown(self, actor: Actor, membership: Membership) -> ShownMember:
        """A member that the caller has just changed, or is."""
        names = await self.people.shown_names(actor.community_id, [membership])
        return ShownMember(membership, names.get(membership.id))

    def _of_team(self, actor: Actor, team_id: str) -> ReadPage[Membership]:
        async def read(first: int, after: Cursor | None) -> PageOf[Membership]:
            return await self.memberships.of_team(
                actor.community_id, team_id, first=first, after=after
            )

        return read

    async def _shown(self, actor: Actor, page: Listed[Membership]) -> Listed[ShownMember]:
        names = await self.people.shown_names(actor.community_id, page.items)
        shown = [ShownMember(each, names.get(each.id)) for each in page.items]
        return Listed(shown, page.cursors, page.has_next_page)

    async def _people_with_posts(
        self, actor: Actor, after: Cursor | None
    ) -> AsyncIterator[list[Membership]]:
        """Yield each person's memberships with posts together."""
        side_by_side: list[Membership] = []
        read = every_page(
            lambda first, place: self.memberships.with_posts(
                actor.community_id, first=first, after=place
            ),
            after,
        )
        async for each in read:
            if side_by_side and side_by_side[0].person_id != each.person_id:
                yield side_by_side
                side_by_side = []
            side_by_side.append(each)
        if side_by_side:
            yield side_by_side

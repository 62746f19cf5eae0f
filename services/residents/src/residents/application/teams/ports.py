"""What teams need from outside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from residents.application.ports import Cursor, Kept
from residents.domain.account import Account
from residents.domain.events import Event
from residents.domain.roles import Actor
from residents.domain.teams.honour import Honour
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import NamedPerson, TeamPerson
from residents.domain.teams.team import Team

A_co = TypeVar("A_co", covariant=True)

AccountTransition = Callable[[Account], tuple[Account, Sequence[Event]]]


class PageOf(Protocol[A_co]):
    """Some of a list."""

    @property
    def items(self) -> Sequence[A_co]:
        """What is listed."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Teams(Kept[Team], Protocol):
    """get and change raise TeamNotFound."""

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[Team]:
        """A community's teams, those dissolved as well."""


class Memberships(Kept[Membership], Protocol):
    """get and change raise MemberNotFound. Facts come decrypted."""

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[Membership]:
        """Whoever is or was in a team, in an order that does not change."""

    async def with_posts(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[Membership]:
        """Whoever was ever appointed, one person's memberships side by side."""

    async def of_people(self, community_id: str, person_ids: Sequence[str]) -> list[Membership]:
        """Everything that these people are or were in."""


class Honours(Kept[Honour], Protocol):
    """get and change raise HonourNotFound."""

    async def of_team(
        self, community_id: str, team_id: str, *, first: int, after: Cursor | None
    ) -> PageOf[Honour]:
        """A team's honours and those of its people, the latest awarded first."""


class People(Protocol):
    """Who people are, in the rooms that know it."""

    async def known(self, actor: Actor, named: NamedPerson) -> TeamPerson:
        """Who is meant; of a resident the birth date comes along.

        Raises: AccountNotFound; ResidentNotFound, also for one whose books the actor does not
            keep.
        """

    async def shown_names(
        self, community_id: str, memberships: Sequence[Membership]
    ) -> Mapping[str, str]:
        """What to call each membership's person; without those who were erased.

        In full for staff, whose names the office reads anyway; masked for everybody else.
        """

    async def accounts_of(self, community_id: str, membership: Membership) -> Sequence[str]:
        """The accounts of the membership's person."""

    async def person_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """Whom an account stands for in teams: itself, and the residents it is bound to."""

    async def change_account(
        self, community_id: str, account_id: str, transition: AccountTransition
    ) -> None:
        """Change an account that is still there; nothing happens to one that is not."""


class Identities(Protocol):
    """Ids that are made only once."""

    def membership(self, community_id: str, team_id: str, person_id: str) -> str:
        """Of a person in a team."""


Today = Callable[[], date]
"""The day it is in China."""

"""A community's teams in memory, with the people and estates that they need."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.logins.memory import MemoryEstateRegister
from residents.adapters.memory import MemoryAccounts
from residents.adapters.teams.identities import DerivedIdentities
from residents.adapters.teams.memory import MemoryHonours, MemoryMemberships, MemoryTeams
from residents.adapters.teams.people import PeopleOfRooms
from residents.application.teams.add_member import NewMember
from residents.application.teams.appoint import NewAppointment
from residents.application.teams.create_team import NewTeam
from residents.application.teams.end_appointment import EarlyEnd
from residents.application.teams.teams import TeamPorts, TeamsRoom
from residents.domain.account import Account
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import NamedPerson
from residents.domain.teams.posts import Post, TeamKind
from residents.domain.teams.team import Team

from .archive_people import a_resident

COMMUNITY = derived_id("community", "here")
TODAY = date(2026, 12, 1)
FOUNDED = date(2021, 7, 1)


def day(text: str) -> date:
    """A day of 2026 ("03-01"), or of any year."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


class Archive:
    """What the archive shows."""

    def __init__(self) -> None:
        self.residents: dict[str, Resident] = {}

    async def residents_by_id(self, community_id: str, ids: Sequence[str]) -> list[Resident | None]:
        found = [self.residents.get(each) for each in ids]
        return [each if each and each.community_id == community_id else None for each in found]


class Bindings:
    """Which account is whose."""

    def __init__(self) -> None:
        self.bound: dict[str, str] = {}

    async def resident_ids_of(self, _: str, account_id: str) -> list[str]:
        return [self.bound[account_id]] if account_id in self.bound else []

    async def accounts_of(self, _: str, resident_id: str) -> list[str]:
        return [account for account, resident in self.bound.items() if resident == resident_id]


class Town:
    """Everything that a test of teams needs."""

    def __init__(self) -> None:
        self.now = FrozenClock(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
        self.archive, self.bindings = Archive(), Bindings()
        self.estates, self.accounts = MemoryEstateRegister(), MemoryAccounts()
        self.teams, self.memberships = MemoryTeams(), MemoryMemberships()
        self.honours = MemoryHonours()
        self.room = TeamsRoom(
            TeamPorts(
                teams=self.teams,
                memberships=self.memberships,
                honours=self.honours,
                people=PeopleOfRooms(
                    self.accounts, self.archive, self.bindings, lambda kind, value: f"{kind}{value}"
                ),
                estates=self.estates,
                identities=DerivedIdentities(),
                now=self.now,
            )
        )
        self.secretary = actor(Role.SECRETARY)
        self._requests = 0

    @property
    def writes(self) -> int:
        """How often anything was written."""
        stores = (self.teams, self.memberships, self.honours, self.accounts)
        return sum(store.writes for store in stores)

    def request(self, request_id: str | None = None, **inputs: object) -> Request:
        """A request that nobody made, or this one."""
        self._requests += 1
        name = request_id or f"request-{self._requests}"
        return REQUESTS.request_for(self.secretary.account_id, name, **inputs)

    def estate(self, name: str) -> str:
        """An estate of the archive."""
        estate_id = derived_id("estate", COMMUNITY, name)
        self.estates.estate_ids.add(estate_id)
        return estate_id

    def resident(
        self, name: str, birth_date: date | None = None, *, estate_id: str | None = None
    ) -> str:
        """Somebody of the archive, who lives in an estate or nowhere."""
        resident = a_resident(COMMUNITY, name, birth_date, estate_id)
        self.archive.residents[resident.id] = resident
        return resident.id

    async def account(self, name: str) -> str:
        """Somebody of the staff."""
        account = Account.invite(
            derived_id("account", name),
            by=self.secretary,
            login_id=derived_id("login", name),
            username="somebody",
            name=name,
            grant=RoleGrant(Role.CLERK),
            secret="secret",
            at=self.now(),
        )
        return (await self.accounts.add(account)).id

    async def team(self, kind: TeamKind = TeamKind.STAFF, name: str = "社区工作者") -> Team:
        """A team founded in 2021."""
        self._requests += 1
        new = NewTeam(derived_id("team", name, str(self._requests)), kind, name, FOUNDED)
        return await self.room.create_team(self.secretary, new, request=self.request())

    async def joined(
        self,
        team: Team,
        *,
        account_id: str | None = None,
        resident_id: str | None = None,
        name: str | None = None,
        born: date | None = None,
        on: str = "2026-01-01",
        until: str | None = None,
        request: Request | None = None,
    ) -> Membership:
        """Somebody joins a team."""
        person = NamedPerson(
            account_id=account_id, resident_id=resident_id, name=name, birth_date=born
        )
        new = NewMember(team.id, person, "成员", day(on), day(until) if until else None)
        return await self.room.add_member(self.secretary, new, request=request or self.request())

    def appointment(
        self,
        member: Membership,
        *estates: str,
        post: Post = Post.STEWARD,
        from_day: str = "2026-01-01",
        until_day: str | None = "2028-12-31",
    ) -> NewAppointment:
        """A post for somebody, a steward's if nothing else is said."""
        self._requests += 1
        return NewAppointment(
            appointment_id=derived_id("appointment", str(self._requests)),
            member_id=member.id,
            post=post,
            title="管家",
            from_day=day(from_day),
            until_day=day(until_day) if until_day else None,
            estate_ids=estates,
        )

    async def appointed(self, new: NewAppointment, *, by: Actor | None = None) -> Membership:
        """Appoint somebody, and let the event be heard."""
        member = await self.room.appoint(by or self.secretary, new, request=self.request())
        await self.heard(member)
        return member

    async def relieved(self, new: NewAppointment, on: str, reason: str = "工作调动") -> Membership:
        """End a term early, and let the event be heard."""
        end = EarlyEnd(new.member_id, new.appointment_id, day(on), reason)
        member = await self.room.end_appointment(self.secretary, end, request=self.request())
        await self.heard(member)
        return member

    async def heard(self, member: Membership) -> None:
        """What the consumer does on an event of a membership."""
        await self.room.settle_steward_roles.of_member(COMMUNITY, member.id)

    async def steward_roles(self, account_id: str) -> list[RoleGrant]:
        """The steward's roles of an account that are in force now."""
        account = await self.accounts.get(COMMUNITY, account_id)
        return [r for r in account.roles_in_force(self.now()) if r.role is Role.STEWARD]


def actor(role: Role, *, scope: tuple[str, ...] | None = None) -> Actor:
    """Somebody with one role."""
    return Actor(
        derived_id("account", role), COMMUNITY, "session_1", (RoleGrant(role, scope=scope),)
    )

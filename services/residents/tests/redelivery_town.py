"""A community in which everything happened that this service tells itself of."""

from datetime import date, datetime, timedelta

from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS
from residents.adapters.merchants.mongo_merchant_clients import MongoMerchantClients
from residents.application.archive.correct_resident import Correction
from residents.application.owners.ownership_by_hand import OrderedStake, OwnershipOrder
from residents.application.teams.add_member import NewMember
from residents.application.teams.appoint import NewAppointment
from residents.application.teams.create_team import NewTeam
from residents.application.teams.end_appointment import EarlyEnd
from residents.bootstrap.rooms import Rooms
from residents.domain.account import Account
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.places import Household
from residents.domain.archive.residents import Resident
from residents.domain.login import AccountRef
from residents.domain.logins.binding import HouseholdPlace, HouseholdRelation
from residents.domain.logins.binding_rules import BindingRequest, request_binding
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.typed_owners import TypedOwner
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client, Session
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import NamedPerson
from residents.domain.teams.posts import Post, TeamKind

from .owners_office import number
from .village import COMMUNITY, Village, a_village

SECRETARY = Actor(
    derived_id("account", "secretary"), COMMUNITY, "session_1", (RoleGrant(Role.SECRETARY),)
)
MERCHANT = derived_id("merchant", "面馆")


class Town:
    """Lets everything happen once, through the rooms, at one moment."""

    def __init__(self, rooms: Rooms, at: datetime) -> None:
        self._rooms = rooms
        self._at = at
        self._requests = 0
        self.village: Village = a_village(keyed_hash=rooms.foundation.keyed_hash)

    async def lives(self) -> None:
        """All of it."""
        await self._written()
        first, second, third, child, last = self.village.residents
        stays = await self._bound("stays", self.village.households[0], first)
        await self._bound("leaves", self.village.households[1], third)
        await self._bound("new here", self.village.households[2], None)
        await self._bound("regrets", self.village.households[4], last)
        await self._teams(first, second)
        await self._owners()
        await self._moves(third, child)
        await self._corrected(second)
        await self._disabled(stays)
        await self._till()

    def account_id(self, name: str) -> str:
        """Of somebody who came by WeChat."""
        return derived_id("account", COMMUNITY, name)

    def _request(self) -> Request:
        self._requests += 1
        return REQUESTS.request_for(SECRETARY.account_id, str(self._requests))

    async def _written(self) -> None:
        """As an import writes an archive."""
        stores = self._rooms.archive.stores
        await stores.estates.add_all([(estate, ()) for estate in self.village.estates])
        await stores.buildings.add_all([(building, ()) for building in self.village.buildings])
        await stores.households.add_all(
            [each.announced(self._at) for each in self.village.households]
        )
        await stores.residents.add_all(
            [(each, (each.verified_event(),)) for each in self.village.residents]
        )
        view = (await stores.archives.of(COMMUNITY)).view
        for building in self.village.buildings:
            await self._rooms.archive.room.use_cases.recount.count(building, view)

    async def _bound(self, name: str, home: Household, resident: Resident | None) -> str:
        """Somebody came by WeChat and was verified, as a resident or as somebody new."""
        account_id = self.account_id(name)
        account = Account.of_wechat_person(
            account_id,
            community_id=COMMUNITY,
            wechat_person_id=derived_id("wechat", name),
            person_key=derived_id("person", "wechat", name),
            union_mark=None,
            at=self._at,
        )
        wanted = BindingRequest(
            binding_id=derived_id("binding", name),
            place=HouseholdPlace(home.id, home.building_id, home.estate_id),
            relation=HouseholdRelation.FAMILY,
            name="马曦",
            name_mark=derived_id("mark", name),
        )
        accounts = self._rooms.identity.ports.accounts
        await accounts.add(request_binding(account, wanted, self._at)[0])
        await self._rooms.logins.use_cases.verify_binding(
            SECRETARY,
            wanted.binding_id,
            resident.id if resident else None,
            request=self._request(),
        )
        return account_id

    async def _teams(self, *residents: Resident) -> None:
        """A steward who stays, one whose term is cut short, and a team that is dissolved."""
        stays, relieved = [
            await self._steward(number, resident) for number, resident in enumerate(residents)
        ]
        assert stays.id != relieved.id
        end = EarlyEnd(relieved.id, relieved.appointments[0].id, date(2026, 11, 20), "工作调动")
        await self._rooms.teams.use_cases.end_appointment(SECRETARY, end, request=self._request())
        dissolved = await self._team(TeamKind.RED_SOCIAL, "合唱团")
        await self._member(dissolved, NamedPerson(name="团员", birth_date=date(1955, 4, 12)))
        await self._rooms.teams.use_cases.dissolve_team(
            SECRETARY, dissolved, on=date(2026, 11, 20), request=self._request()
        )

    async def _team(self, kind: TeamKind, name: str) -> str:
        new = NewTeam(derived_id("team", name), kind, name, date(2021, 7, 1))
        made = await self._rooms.teams.use_cases.create_team(
            SECRETARY, new, request=self._request()
        )
        return made.id

    async def _member(self, team_id: str, person: NamedPerson) -> Membership:
        new = NewMember(team_id, person, "成员", date(2026, 1, 1))
        return await self._rooms.teams.use_cases.add_member(SECRETARY, new, request=self._request())

    async def _steward(self, number: int, resident: Resident) -> Membership:
        team = await self._team(TeamKind.RED_STEWARDS, f"红色管家{number}")
        member = await self._member(
            team, NamedPerson(resident_id=resident.id, name=None, birth_date=None)
        )
        new = NewAppointment(
            appointment_id=derived_id("appointment", str(number)),
            member_id=member.id,
            post=Post.STEWARD,
            title="管家",
            from_day=date(2026, 1, 1),
            until_day=date(2028, 12, 31),
            estate_ids=(self.village.estates[0].id,),
        )
        return await self._rooms.teams.use_cases.appoint(SECRETARY, new, request=self._request())

    async def _owners(self) -> None:
        """A dwelling changes hands: its first owner is a resident, its second is not."""
        rooms = self._rooms.owners.room.use_cases
        home = self.village.households[0].id
        one = TypedOwner(kind=OwnerKind.PERSON, name="马小军", number=number("19800505"))
        other = TypedOwner(kind=OwnerKind.PERSON, name="外地人")
        await rooms.record_ownership(
            SECRETARY, _order(home, date(2019, 5, 1), one), request=self._request()
        )
        await rooms.transfer_ownership(
            SECRETARY, _order(home, date(2026, 5, 1), other), request=self._request()
        )
        await rooms.record_ownership(
            SECRETARY,
            _order(self.village.households[3].id, date(2019, 5, 1), one),
            request=self._request(),
        )

    async def _moves(self, moves: Resident, leaves: Resident) -> None:
        archive = self._rooms.archive.room.use_cases
        await archive.change_household(
            SECRETARY,
            resident_id=moves.id,
            household_id=self.village.households[5].id,
            on=date(2026, 11, 20),
            request=self._request(),
        )
        await archive.move_out(
            SECRETARY,
            resident_id=leaves.id,
            on=date(2026, 11, 20),
            reason=MoveReason.MOVED,
            request=self._request(),
        )

    async def _corrected(self, resident: Resident) -> None:
        await self._rooms.archive.room.use_cases.correct_resident(
            SECRETARY,
            resident_id=resident.id,
            correction=Correction(identity_number=number("19800505")),
            request=self._request(),
        )

    async def _disabled(self, stays: str) -> None:
        """A clerk with two sessions is shut out; somebody else's session stands."""
        clerk = Account.invite(
            derived_id("account", "clerk"),
            by=SECRETARY,
            login_id=derived_id("login", "clerk"),
            username="clerk",
            name="工作人员",
            grant=RoleGrant(Role.CLERK),
            secret="invitation secret",
            at=self._at,
        )
        ports = self._rooms.identity.ports
        await ports.accounts.add(clerk)
        for name, account_id in (("1", clerk.id), ("2", clerk.id), ("3", stays)):
            await self._session(name, account_id)
        await ports.accounts.change(
            COMMUNITY, clerk.id, lambda account: account.disable(SECRETARY, self._at)
        )

    async def _session(self, name: str, account_id: str) -> None:
        await self._rooms.identity.ports.sessions.add(
            Session.start(
                derived_id("session", name),
                account=AccountRef(COMMUNITY, account_id),
                client=Client.CONSOLE,
                session_secret="session secret",
                refresh_secret="refresh secret",
                at=self._at - timedelta(minutes=1),
            )
        )

    async def _till(self) -> None:
        """A merchant's till has a session that stands."""
        client = MerchantClient(
            id=derived_id("client", "till"),
            community_id=COMMUNITY,
            merchant_id=MERCHANT,
            kind=Client.TILL,
            secret_hash="argon2id",
            issued_at=self._at,
            issued_by=SECRETARY.account_id,
        )
        await MongoMerchantClients(self._rooms.foundation.store).add(client)
        await self._session("till", client.id)


def _order(household_id: str, since: date, owner: TypedOwner) -> OwnershipOrder:
    stake = OrderedStake(owner=owner, share=None)
    return OwnershipOrder(household_id=household_id, valid_from=since, stakes=(stake,))

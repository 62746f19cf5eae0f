"""An office in memory, with residents who come by WeChat and doors where they live."""

import itertools
from typing import NamedTuple

import msgspec
from chassis.encryption import LookupHash
from chassis.ids import derived_id
from residents.adapters.logins.derived_pseudonyms import DerivedPseudonyms
from residents.adapters.logins.memory import (
    MemoryArchivePeople,
    MemoryResidentClaims,
    MemoryWeChatIdentities,
    MemoryWeChatUnions,
)
from residents.adapters.privacy.memory import MemoryAuditTrail, MemoryConsentGiven
from residents.application.logins.log_in_with_wechat import WeChatLogin
from residents.application.logins.logins import LoginsPorts, LoginsRoom
from residents.application.logins.ports import HouseholdMember, WeChatPerson
from residents.application.logins.request_binding import WantedBinding
from residents.application.privacy.ports import Purpose
from residents.application.token_pair import LoggedIn
from residents.domain.account import Account
from residents.domain.errors import ResidentsError
from residents.domain.logins.binding import Binding, HouseholdPlace, HouseholdRelation
from residents.domain.logins.binding_rules import binding_of
from residents.domain.logins.errors import WeChatCodeInvalid
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client

from ..office import Office, actor_of

KEY = LookupHash(bytes(32))
APP = "wx1"


class ScriptedMiniProgram:
    """WeChat as a test says it. A code is good once."""

    def __init__(self) -> None:
        self.people: dict[str, WeChatPerson] = {}
        self.phones: dict[str, str] = {}
        self.fails_with: ResidentsError | None = None
        self.asked = 0

    async def person_of(self, code: str) -> WeChatPerson:
        self.asked += 1
        if self.fails_with is not None:
            raise self.fails_with
        if code not in self.people:
            raise WeChatCodeInvalid
        return self.people.pop(code)

    async def phone_of(self, code: str) -> str:
        self.asked += 1
        if self.fails_with is not None:
            raise self.fails_with
        if code not in self.phones:
            raise WeChatCodeInvalid
        return self.phones.pop(code)


class Home(NamedTuple):
    """A household, who lives there, and the binding of their account."""

    household: str
    member: str
    binding_id: str


class Village(Office):
    """What people do with it."""

    def __init__(self) -> None:
        super().__init__()
        self.identities = MemoryWeChatIdentities()
        self.unions = MemoryWeChatUnions()
        self.claims = MemoryResidentClaims()
        self.mini_program = ScriptedMiniProgram()
        self.archive = MemoryArchivePeople()
        self.consents = MemoryConsentGiven()
        self.audit = MemoryAuditTrail()
        self.pseudonyms = DerivedPseudonyms(KEY, KEY)
        self._codes = itertools.count(1)
        own = LoginsPorts(
            identities=self.identities,
            unions=self.unions,
            claims=self.claims,
            mini_program=self.mini_program,
            archive=self.archive,
            consent_given=self.consents,
            audit=self.audit,
            pseudonyms=self.pseudonyms,
            attempts_key=lambda username: f"username {username}",
        )
        self.logins_room = LoginsRoom(self.ports(), own, self.residents)
        self.community_id = ""

    @property
    def writes(self) -> int:
        own = (self.identities, self.unions, self.claims)
        return super().writes + sum(store.writes for store in own) + len(self.audit.acts)

    @property
    def changes(self) -> int:
        """Writes, but for the counting of attempts."""
        return self.writes - self.attempts.writes

    def code(self, openid: str, unionid: str | None = None, *, app_id: str = APP) -> str:
        """What a phone gets from wx.login."""
        code = f"code-{next(self._codes)}"
        self.mini_program.people[code] = WeChatPerson(app_id, openid, unionid)
        return code

    async def come(
        self, openid: str, unionid: str | None = None, *, app_id: str = APP,
        code: str | None = None, community_id: str | None = None, address: str = "10.0.0.1",
    ) -> LoggedIn:  # fmt: skip
        """Log in by WeChat."""
        login = WeChatLogin(
            community_id=self.community_id if community_id is None else community_id,
            code=self.code(openid, unionid, app_id=app_id) if code is None else code,
            client=Client.MINIPROGRAM,
            address_key=f"wechat address {address}",
        )
        return await self.logins_room.log_in_with_wechat(
            login, session_id=f"session_{next(self._codes)}"
        )

    async def resident(self, openid: str = "o-1", unionid: str | None = None) -> Actor:
        """Somebody logged in by WeChat who agrees to bindings."""
        account = (await self.come(openid, unionid)).account
        self.consents.given.add((account.id, Purpose.HOUSEHOLD_BINDING))
        return acting(account)

    def household(self, name: str = "301", *, estate_id: str = "estate_a") -> str:
        """A door."""
        household_id = derived_id("household", name)
        place = HouseholdPlace(household_id, "building_1", estate_id)
        self.archive.places[self.community_id, household_id] = place
        return household_id

    def member(
        self, household_id: str | None, name: str = "马曦", phone: str | None = "17337406812"
    ) -> str:
        """Somebody of the archive. Returns: the resident's id."""
        resident_id = derived_id("resident", name, str(household_id))
        marks = [self.pseudonyms.name_mark(name)]
        if phone is not None:
            marks.append(self.pseudonyms.phone_mark(phone))
        self.archive.members[self.community_id, resident_id] = HouseholdMember(
            resident_id=resident_id,
            person_key=derived_id("person", resident_id),
            household_id=household_id,
            masked_name=name[:1] + "*",
            masked_phone=phone and f"{phone[:3]}****{phone[-4:]}",
            birth_year=1950,
            marks=tuple(marks),
        )
        return resident_id

    def lives(self, resident_id: str, household_id: str | None) -> None:
        """Let somebody of the archive live elsewhere."""
        known = self.archive.members[self.community_id, resident_id]
        moved = msgspec.structs.replace(known, household_id=household_id)
        self.archive.members[self.community_id, resident_id] = moved

    async def ask_binding(
        self, actor: Actor, household_id: str, *, request_id: str = "b1", name: str = "马曦"
    ) -> str:
        """Ask to be bound. Returns: the binding's id."""
        binding_id = derived_id("binding", actor.account_id, request_id)
        wanted = WantedBinding(binding_id, household_id, name, HouseholdRelation.FAMILY)
        request = self.request(actor, request_id, household_id=household_id, name=name)
        await self.logins_room.request_binding(actor, wanted, request=request)
        return binding_id

    async def verify(
        self, actor: Actor, binding_id: str, resident_id: str | None, *, request_id: str = "v1"
    ) -> Account:
        request = self.request(actor, request_id, binding=binding_id, resident=resident_id)
        return await self.logins_room.verify_binding(
            actor, binding_id, resident_id, request=request
        )

    async def home(self, actor: Actor, by: Actor, *, name: str = "301") -> Home:
        """A home that somebody is verified to live in."""
        household = self.household(name)
        member = self.member(household)
        binding_id = await self.ask_binding(actor, household, request_id=name)
        await self.verify(by, binding_id, member, request_id=name)
        return Home(household, member, binding_id)

    async def refuse(
        self, actor: Actor, binding_id: str, reason: str = "不是本户人员", *, request_id: str = "f1"
    ) -> Account:
        request = self.request(actor, request_id, binding=binding_id, reason=reason)
        return await self.logins_room.refuse_binding(actor, binding_id, reason, request=request)

    async def revoke(
        self, actor: Actor, binding_id: str, reason: str = "已搬走", *, request_id: str = "k1"
    ) -> Account:
        request = self.request(actor, request_id, binding=binding_id, reason=reason)
        return await self.logins_room.revoke_binding(actor, binding_id, reason, request=request)

    async def account(self, actor: Actor) -> Account:
        return await self.accounts.get(actor.community_id, actor.account_id)

    async def binding(self, actor: Actor, binding_id: str) -> Binding:
        return binding_of(await self.account(actor), binding_id)

    def steward(self, *estate_ids: str) -> Actor:
        return actor_of(
            self.community_id, derived_id("account", *estate_ids), Role.STEWARD, scope=estate_ids
        )


def acting(account: Account) -> Actor:
    """Who holds the account's roles, from no session."""
    return Actor(account.id, account.community_id, "", account.roles)


UNBOUND = (RoleGrant(Role.RESIDENT, ()),)

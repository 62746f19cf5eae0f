"""People in the archive of the running service, and tokens for roles that cannot log in here."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from local_stack.acting.one_of_each.neighbours import verified_binding_to
from residents.adapters.logins.derived_pseudonyms import DerivedPseudonyms
from residents.adapters.logins.mongo_identities import (
    MongoResidentClaims,
    MongoWeChatIdentities,
    identity_codec,
)
from residents.application.ports import AccessClaims
from residents.bootstrap.rooms import Rooms
from residents.domain.account import Account, AccountState
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.archive.residents import Resident
from residents.domain.login import AccountRef
from residents.domain.logins.binding import (
    BindingWords,
)
from residents.domain.logins.resident_claim import ClaimHolder, ResidentClaim
from residents.domain.logins.wechat_identity import WeChatIdentity
from residents.domain.roles import Role, RoleGrant
from residents.domain.session import Client, Session

NAME = "司马相如"
PHONE = "17337406812"
BIRTH_DATE = date(1952, 3, 9)
OPENID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
UNIONID = "o6_bmasdasdsad6_2sgVt7hMZOPf"


@dataclass(frozen=True)
class Archive:
    """Writes what a ledger, a verification and a login write."""

    rooms: Rooms

    async def resident(self, community_id: str) -> Resident:
        """Somebody who lives in the community."""
        stores = self.rooms.archive.stores
        estate = Estate.of(
            new_id("estate"), community_id=community_id, name="东苑", kind=EstateKind.OLD,
            from_edition=0,
        )  # fmt: skip
        building = Building.of(new_id("building"), estate=estate, label="1", from_edition=0)
        household = Household.of(
            new_id("household"), building=building, unit="2", room="301", area_cm2=893_000,
            vacant=False, from_edition=0,
        )  # fmt: skip
        resident_id = new_id("resident")
        facts = PersonFacts(
            name=NAME, phone=PHONE, birth_date=BIRTH_DATE, relation="户主", tags=("PARTY_MEMBER",)
        )
        resident = Resident.verified(
            resident_id,
            community_id=community_id,
            person_key=derived_id("person", resident_id),
            home=Home.at(household, since=date(2019, 5, 1)),
            facts=facts,
            marks=marks_of(
                facts,
                identity=None,
                today=date(2026, 11, 23),
                keyed_hash=self.rooms.foundation.keyed_hash,
            ),
            from_edition=0,
            at=utc_now(),
        )
        await stores.estates.add(estate)
        await stores.buildings.add(building)
        await stores.households.add(household)
        return await stores.residents.add(resident, (resident.verified_event(),))

    async def account_of(self, resident: Resident) -> AccountRef:
        """An account that is verified to be a resident's."""
        binding = verified_binding_to(resident)
        account = await self.account(
            resident.community_id,
            Role.RESIDENT,
            bindings=(binding,),
            binding_words={binding.id: BindingWords(NAME)},
            phone=PHONE,
            wechat_person_id=await self._wechat_person(),
        )
        holder = ClaimHolder(account.account_id, binding.id)
        await self._claim(resident, holder)
        return account

    async def account(self, community_id: str, role: Role, **more: object) -> AccountRef:
        """An account of a role."""
        account = Account(
            id=new_id("account"),
            community_id=community_id,
            login_id=new_id("login"),
            username=None,
            display_name=None,
            roles=(RoleGrant(role),),
            state=AccountState.ACTIVE,
            invitation=None,
            created_at=utc_now(),
            created_by=None,
        )
        kept = await self.rooms.identity.accounts.add(msgspec.structs.replace(account, **more))
        return AccountRef(community_id, kept.id)

    async def token(self, account: AccountRef, role: Role) -> str:
        """A token of a new session of this account."""
        at = utc_now()
        session = await self.rooms.identity.sessions.add(
            Session.start(
                new_id("session"),
                account=account,
                client=Client.MINIPROGRAM,
                session_secret="a",
                refresh_secret="b",
                at=at,
            )
        )
        claims = AccessClaims(
            account=account,
            session_id=session.id,
            client=Client.MINIPROGRAM,
            roles=(RoleGrant(role),),
            issued_at=at,
            expires_at=at + timedelta(minutes=9),
        )
        return await self.rooms.identity.ports.access_tokens.issue(claims)

    async def _wechat_person(self) -> str:
        """Somebody as WeChat knows them."""
        foundation = self.rooms.foundation
        codec = identity_codec(foundation.person_keys)
        identity = WeChatIdentity(
            id=new_id("wechat"),
            app_id="wx0123456789abcdef",
            openid=OPENID,
            unionid=UNIONID,
            union_mark=foundation.keyed_hash("wechat.unionid", UNIONID),
            person_id=new_id("person"),
        )
        kept = await MongoWeChatIdentities(foundation.store, codec=codec).add(identity)
        return kept.person_id

    async def _claim(self, resident: Resident, holder: ClaimHolder) -> None:
        foundation = self.rooms.foundation
        pseudonyms = DerivedPseudonyms(foundation.keyed_hash, foundation.keyed_hash)
        claim = ResidentClaim(
            id=pseudonyms.claim_id(resident.community_id, resident.id),
            community_id=resident.community_id,
            resident_id=resident.id,
            holder=holder,
        )
        await MongoResidentClaims(foundation.store).add(claim)

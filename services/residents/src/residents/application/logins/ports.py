"""What logging in by WeChat, binding and resetting need from outside, and give to other rooms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from residents.application.ports import Kept
from residents.domain.logins.binding import HouseholdPlace, HouseholdRelation
from residents.domain.logins.resident_claim import ResidentClaim
from residents.domain.logins.wechat_identity import WeChatIdentity, WeChatUnion


class WeChatPerson(msgspec.Struct, frozen=True):
    """Who WeChat says somebody is. Not to be logged.

    Attributes:
        unionid: None while the app belongs to no open platform account.
    """

    app_id: str
    openid: str
    unionid: str | None

    def __repr__(self) -> str:
        """The app's public name alone."""
        return f"WeChatPerson(app_id={self.app_id!r})"


class MiniProgram(Protocol):
    """The community's mini-program, at WeChat's servers. A code is good once."""

    async def person_of(self, code: str) -> WeChatPerson:
        """Who has the code of a login.

        Raises: WeChatNotConfigured; WeChatCodeInvalid; WeChatTooFrequent; WeChatUserAtRisk;
            WeChatAway.
        """

    async def phone_of(self, code: str) -> str:
        """The number that its person agreed to give, by a code of its own.

        Raises: as `person_of`; PhoneNotMobile.
        """


class UnknownIdentity(Exception):
    """Nobody came by this openid or unionid yet. It never leaves the application."""


class WeChatIdentities(Kept[WeChatIdentity], Protocol):
    """Global. get and change raise UnknownIdentity."""

    async def of_person(self, person_id: str) -> Sequence[WeChatIdentity]:
        """The openids of one person, one an app."""


class WeChatUnions(Kept[WeChatUnion], Protocol):
    """Global. get and change raise UnknownIdentity."""


class UnknownClaim(Exception):
    """Nobody claimed the resident yet. It never leaves the application."""


class ResidentClaims(Kept[ResidentClaim], Protocol):
    """get and change raise UnknownClaim."""


class Pseudonyms(Protocol):
    """Ids and marks that derive from what must not be kept in clear, or be made twice."""

    def identity_id(self, app_id: str, openid: str) -> str:
        """Of one openid of one app."""

    def union_mark(self, unionid: str) -> str:
        """The keyed hash that outreach makes of the same unionid."""

    def union_id(self, union_mark: str) -> str:
        """Of a unionid, by its mark."""

    def account_id(self, community_id: str, person_id: str) -> str:
        """The one account of a person in a community."""

    def person_key(self, owner_id: str) -> str:
        """The pseudonym of the person of an account or of a resident."""

    def claim_id(self, community_id: str, resident_id: str) -> str:
        """The one claim on a resident."""

    def new_resident_id(self, binding_id: str) -> str:
        """The resident whom the verification of a binding makes."""

    def name_mark(self, name: str) -> str:
        """The mark by which the archive finds a name."""

    def phone_mark(self, phone: str) -> str:
        """The mark by which the archive finds a phone."""

    def reset_secret(self, account_id: str, reset_id: str) -> str:
        """The secret of a reset's code: the same when its approval is repeated."""


class HouseholdMember(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the archive, masked.

    Attributes:
        household_id: None for who moved out.
        marks: keyed hashes, the name's and the phone's among them.
    """

    resident_id: str
    person_key: str
    household_id: str | None
    masked_name: str | None
    masked_phone: str | None
    birth_year: int | None
    marks: tuple[str, ...]


class BoundResident(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a verified binding adds to the archive."""

    community_id: str
    resident_id: str
    person_key: str
    household_id: str
    name: str
    phone: str | None
    relation: HouseholdRelation
    verified_at: datetime


class ArchivePeople(Protocol):
    """The archive as far as bindings need it; what an import has not made visible is not there."""

    async def place(self, community_id: str, household_id: str) -> HouseholdPlace:
        """Where a household is. Raises: HouseholdNotFound."""

    async def member(self, community_id: str, resident_id: str) -> HouseholdMember:
        """One resident. Raises: ResidentNotFound."""

    async def members_of(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, Sequence[HouseholdMember]]:
        """Who lives in each of these households."""

    async def confirm(self, community_id: str, resident_id: str, *, at: datetime) -> None:
        """Know that somebody of the archive is who they are; once is enough."""

    async def add(self, resident: BoundResident) -> None:
        """Add somebody new to the archive; once, however often it is asked.

        Emits: resident.verified v1.
        """


class BoundAccounts(Protocol):
    """Whose account is whose, for the other rooms: verified bindings alone."""

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """The residents that an account is bound to, the first bound one first."""

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        """The account that is bound to a resident, or none."""

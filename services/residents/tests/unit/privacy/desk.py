"""The privacy room in memory, over an archive and bindings that a test writes itself."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.memory import MemoryHourlyCounts
from residents.adapters.privacy.memory import (
    MemoryAuditTrail,
    MemoryConsentBooks,
    MemoryDataExports,
    MemoryReveals,
)
from residents.application.hourly_limit import HourlyLimit
from residents.application.privacy.consent_reading import (
    IsConsentGiven,
    PersonSubjects,
    ReadConsents,
)
from residents.application.privacy.give_consent import GiveConsent
from residents.application.privacy.own_parts import (
    ConsentsOfPerson,
    ExportsOfPerson,
    RevealsOfPerson,
)
from residents.application.privacy.ports import PersonalData, PersonRef
from residents.application.privacy.reach import Reach
from residents.application.privacy.read_reveals import ReadReveals
from residents.application.privacy.request_export import RequestExport, Ticket
from residents.application.privacy.reveal_contact import NewReveal, RevealContact, Shown
from residents.application.privacy.take_export import TakeExport
from residents.application.privacy.withdraw_consent import WithdrawConsent
from residents.domain.archive.homes import Home
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.residents import Resident, ResidentState
from residents.domain.privacy.consents import Consents
from residents.domain.privacy.purposes import Purpose
from residents.domain.privacy.reveals import RevealReason
from residents.domain.roles import Actor, Role, RoleGrant

HERE = "community_here"
THERE = "community_there"
ESTATE = "estate_old"
LIFETIME = timedelta(minutes=10)
PER_HOUR = 3
NOTE = "核对水费登记"


class Archive:
    """Residents as a test says them."""

    def __init__(self) -> None:
        self.kept: dict[str, Resident] = {}

    async def residents_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Resident | None]:
        found = [self.kept.get(each) for each in ids]
        return [it if it and it.community_id == community_id else None for it in found]


class Bindings:
    """Who is whose account, as a test says it."""

    def __init__(self) -> None:
        self.pairs: set[tuple[str, str]] = set()

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        return sorted(resident for account, resident in self.pairs if account == account_id)

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        return sorted(account for account, resident in self.pairs if resident == resident_id)


class ProfileOfPerson:
    """A part of another room."""

    part = "profile"

    async def of(self, person: PersonRef) -> dict[str, object]:
        return msgspec.to_builtins(person)  # type: ignore[no-any-return]


class Desk:
    """What people do with the room."""

    def __init__(self) -> None:
        self.now = FrozenClock()
        self.archive = Archive()
        self.bindings = Bindings()
        self.trail = MemoryAuditTrail()
        self.reveals = MemoryReveals()
        self.counts = MemoryHourlyCounts()
        self.books = MemoryConsentBooks()
        self.exports = MemoryDataExports()
        self._numbers = itertools.count(1)
        reach = Reach(self.archive, self.bindings)
        subjects = PersonSubjects(self.bindings)
        self.revealing = RevealContact(
            self.reveals,
            HourlyLimit(self.counts, PER_HOUR),
            reach,
            self.trail,
            LIFETIME,
            lambda: f"showing_{next(self._numbers)}",
            self.now,
        )
        self.read_reveals = ReadReveals(self.reveals)
        self.giving = GiveConsent(self.books, reach, self.today, self.now)
        self.withdrawing = WithdrawConsent(self.books, subjects, reach, self.now)
        self.reading = ReadConsents(self.books, subjects, reach, self.today)
        self.is_given = IsConsentGiven(self.books, subjects, self.today)
        self.requesting = RequestExport(self.exports, reach, _secret, self.now)
        parts: list[PersonalData] = [
            ProfileOfPerson(),
            ConsentsOfPerson(self.reading),
            RevealsOfPerson(self.reveals),
            ExportsOfPerson(self.exports),
        ]
        self.taking = TakeExport(
            self.exports, self.archive, self.bindings, parts, self.trail, _secret, self.now
        )

    def today(self) -> date:
        """The day of the clock."""
        return self.now().date()

    @property
    def writes(self) -> int:
        """How much was written, so that a test can say that nothing changed."""
        stores = (self.reveals, self.counts, self.books, self.exports)
        return sum(store.writes for store in stores) + len(self.trail.acts)

    def lives_here(
        self, resident_id: str = "resident_ma", *, estate_id: str | None = ESTATE,
        community_id: str = HERE, facts: PersonFacts | None = None,
    ) -> Resident:  # fmt: skip
        """Let somebody be in the archive; without an estate they moved out."""
        home = Home(
            household_id="household_1", building_id="building_1", estate_id=estate_id or "",
            order_key="", since=None,
        )  # fmt: skip
        resident = Resident(
            id=resident_id,
            community_id=community_id,
            person_key=f"person_of_{resident_id}",
            state=ResidentState.VERIFIED if estate_id else ResidentState.MOVED_OUT,
            home=home if estate_id else None,
            facts=facts or PersonFacts(name="马曦", phone="17337406812"),
            marks=(),
            facts_mark=None,
            identity_mark=None,
            created_at=self.now(),
        )
        self.archive.kept[resident_id] = resident
        return resident

    async def reveal(
        self, actor: Actor, resident_id: str = "resident_ma", *, request_id: str = "r1",
        reason: RevealReason = RevealReason.HOME_VISIT, note: str = NOTE,
    ) -> Shown:  # fmt: skip
        """Ask for a contact."""
        new = NewReveal(
            reveal_id=f"reveal_{request_id}",
            resident_id=resident_id,
            reason=reason,
            note=note,
        )
        asked = request(actor, request_id, resident_id=resident_id, reason=reason, note=note)
        return await self.revealing(actor, new, request=asked)

    async def give(
        self, actor: Actor, purpose: Purpose = Purpose.HOUSEHOLD_BINDING, *, version: int = 1,
        request_id: str = "c1",
    ) -> Consents:  # fmt: skip
        """Agree by oneself."""
        asked = request(actor, request_id, purpose=purpose, version=version)
        return await self.giving.own(actor, purpose, version, request=asked)

    async def withdraw(
        self, actor: Actor, purpose: Purpose = Purpose.HOUSEHOLD_BINDING, *,
        request_id: str = "w1",
    ) -> Consents:  # fmt: skip
        """Take it back by oneself."""
        asked = request(actor, request_id, purpose=purpose)
        return await self.withdrawing.own(actor, purpose, request=asked)

    async def own_ticket(self, actor: Actor, *, request_id: str = "e1") -> Ticket:
        """Ask for one's own data."""
        asked = request(actor, request_id)
        return await self.requesting.own(actor, f"export_{request_id}", request=asked)

    async def ticket_for(
        self, actor: Actor, resident_id: str = "resident_ma", *, note: str = NOTE,
        request_id: str = "e1",
    ) -> Ticket:  # fmt: skip
        """Ask for a resident's data at the counter."""
        asked = request(actor, request_id, resident_id=resident_id, note=note)
        return await self.requesting.for_resident(
            actor, f"export_{request_id}", resident_id, note, request=asked
        )


def _secret(export_id: str) -> str:
    return f"secret-of-{export_id}"


def request(actor: Actor, request_id: str, **inputs: Any) -> Request:
    """An attempt of this actor."""
    return REQUESTS.request_for(actor.account_id, request_id, **inputs)


def somebody(
    role: Role, name: str = "", *, scope: tuple[str, ...] | None = None,
    community_id: str = HERE, session_id: str = "session_1",
) -> Actor:  # fmt: skip
    """An actor of one role."""
    account_id = f"account_{name or role.value}"
    return Actor(account_id, community_id, session_id, (RoleGrant(role, scope),))

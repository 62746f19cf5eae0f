"""Doors and people in the archive of the running service, and residents who come by WeChat."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from residents.bootstrap.rooms import Rooms
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.archive.residents import Resident
from wechat_simulator.testing import Simulator

from ..graph import Graph
from .documents import CONSENT, GIVE_PHONE, LOG_IN, REQUEST_BINDING, VERIFY

NAME, PHONE = "司马相如", "17337406812"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Door:
    """A household, and where it is."""

    household: Household

    @property
    def id(self) -> str:
        return self.household.id

    @property
    def estate_id(self) -> str:
        return self.household.estate_id


@dataclass(frozen=True)
class Neighbour:
    """Somebody with a phone who is logged in.

    Attributes:
        phone: what the simulator calls it.
    """

    phone: str
    account_id: str
    refresh_token: str
    graph: Graph


@dataclass(frozen=True)
class Neighbourhood:
    """What a ledger writes, and what residents do."""

    rooms: Rooms
    simulator: Simulator
    anonymous: Graph
    community_id: str

    async def door(self) -> Door:
        """A household in an estate of its own."""
        stores, community_id = self.rooms.archive.stores, self.community_id
        estate = Estate.of(
            new_id("estate"), community_id=community_id, name=f"东苑{next(_numbers)}",
            kind=EstateKind.OLD, from_edition=0,
        )  # fmt: skip
        building = Building.of(new_id("building"), estate=estate, label="1", from_edition=0)
        household = Household.of(
            new_id("household"), building=building, unit="2", room="301", area_cm2=893_000,
            vacant=False, from_edition=0,
        )  # fmt: skip
        await stores.estates.add(estate)
        await stores.buildings.add(building)
        await stores.households.add(household)
        return Door(household)

    async def lives(self, door: Door, *, name: str = NAME, phone: str | None = PHONE) -> str:
        """Somebody of the archive. Returns: the resident's id."""
        resident_id = new_id("resident")
        facts = PersonFacts(name=name, phone=phone, birth_date=date(1952, 3, 9))
        resident = Resident.verified(
            resident_id,
            community_id=self.community_id,
            person_key=derived_id("person", resident_id),
            home=Home.at(door.household, since=None),
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
        return (await self.rooms.archive.stores.residents.add(resident)).id

    async def phone(self, number: str = PHONE) -> str:
        """A phone that nobody had."""
        name = f"手机{uuid.uuid4().hex[:12]}"
        await self.simulator.phone(name, phone_number=number)
        return name

    async def try_log_in(self, code: str, **given: str) -> Any:
        """Log in by a code. Returns: whatever came of it."""
        wanted = {"communityId": self.community_id, "code": code, "client": "MINIPROGRAM", **given}
        return await self.anonymous.as_(None).ask(LOG_IN, input=wanted)

    async def come(self, phone: str | None = None) -> Neighbour:
        """Somebody logs in by WeChat."""
        phone = phone or await self.phone()
        outcome = await self.try_log_in(await self.simulator.login_code(phone))
        assert outcome["__typename"] == "LogInWithWeChatSuccess", outcome
        graph = self.anonymous.as_(outcome["accessToken"])
        return Neighbour(phone, outcome["account"]["id"], outcome["refreshToken"], graph)

    async def give_phone(self, neighbour: Neighbour) -> Any:
        code = await self.simulator.phone_code(neighbour.phone)
        return await neighbour.graph.ask(GIVE_PHONE, input={"requestId": "phone", "code": code})

    async def agree(self, neighbour: Neighbour) -> None:
        agreed = {"requestId": "agree", "purpose": "HOUSEHOLD_BINDING", "policyVersion": 1}
        answer = await neighbour.graph.ask(CONSENT, input=agreed)
        assert answer["__typename"] == "GiveConsentSuccess", answer

    async def ask(
        self, neighbour: Neighbour, household_id: str, *, request_id: str = "bind",
        name: str = NAME,
    ) -> Any:  # fmt: skip
        """Ask to be bound. Returns: whatever came of it."""
        wanted = {"householdId": household_id, "name": name, "relation": "FAMILY"}
        return await neighbour.graph.ask(REQUEST_BINDING, input={"requestId": request_id, **wanted})

    async def asked(self, door: Door, *, name: str = NAME) -> tuple[Neighbour, str]:
        """Somebody who waits to be bound. Returns: who, and the binding."""
        neighbour = await self.come()
        await self.agree(neighbour)
        outcome = await self.ask(neighbour, door.id, name=name)
        assert outcome["__typename"] == "RequestBindingSuccess", outcome
        return neighbour, outcome["binding"]["id"]


async def verify(by: Graph, binding_id: str, resident_id: str | None, request_id: str) -> Any:
    """Verify a binding. Returns: whatever came of it."""
    who = {"asNewResident": True} if resident_id is None else {"residentId": resident_id}
    wanted = {"requestId": request_id, "bindingId": binding_id, **who}
    return await by.ask(VERIFY, input=wanted)

"""The archive over stores in memory, and the people who work with it."""

from collections.abc import Sequence
from datetime import date, timedelta

from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.archive.memory import (
    MemoryArchives,
    MemoryBuildings,
    MemoryEstates,
    MemoryFigures,
    MemoryHouseholds,
    MemoryPersonHolds,
    MemoryResidents,
)
from residents.adapters.memory import MemoryHourlyCounts
from residents.application.archive.archive import Archive, ArchivePorts
from residents.application.hourly_limit import HourlyLimit
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor, Role, RoleGrant

from ...village import COMMUNITY, IDENTITIES, KEYED_HASH, TODAY, Village

PHONE_SEARCHES = 3


class Bindings:
    """Whose account is which resident."""

    def __init__(self) -> None:
        self.of: dict[str, list[str]] = {}

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """See `OwnResidents.resident_ids_of`."""
        return self.of.get(account_id, []) if community_id == COMMUNITY else []


class Office:
    """Everything of the archive, in memory.

    Attributes:
        today: the day it is; a test moves it.
    """

    def __init__(self) -> None:
        self.now = FrozenClock()
        self.today: date = TODAY
        self.archives = MemoryArchives()
        self.estates = MemoryEstates()
        self.buildings = MemoryBuildings()
        self.households = MemoryHouseholds(self.now)
        self.residents = MemoryResidents(self.now)
        self.figures = MemoryFigures()
        self.bindings = Bindings()
        self.phone_searches = MemoryHourlyCounts()
        self.archive = Archive(
            ArchivePorts(
                archives=self.archives,
                estates=self.estates,
                buildings=self.buildings,
                households=self.households,
                residents=self.residents,
                figures=self.figures,
                holds=MemoryPersonHolds(),
                identities=IDENTITIES,
                own=self.bindings,
                phone_searches=HourlyLimit(self.phone_searches, PHONE_SEARCHES),
                keyed_hash=KEYED_HASH,
                today=lambda: self.today,
                now=self.now,
            )
        )

    async def open(self, village: Village) -> None:
        """Put a village into the books, as an import does."""
        await self.estates.add_all([(estate, ()) for estate in village.estates])
        await self.buildings.add_all([(building, ()) for building in village.buildings])
        await self.households.add_all([each.announced(self.now()) for each in village.households])
        await self.residents.add_all([(each, ()) for each in village.residents])

    async def count(self) -> None:
        """Count every building."""
        await self.archive.editions.recount_all(COMMUNITY, 0)

    def later(self) -> None:
        """Some minutes pass."""
        self.now.at += timedelta(minutes=5)

    @property
    def writes(self) -> int:
        """How often anything was written that people see."""
        stores = self.estates, self.buildings, self.households, self.residents
        return sum(store.writes for store in stores)

    async def resident(self, resident_id: str) -> Resident:
        """Somebody as they are in the books."""
        return await self.residents.get(COMMUNITY, resident_id)


def actor(
    *roles: Role, scope: Sequence[str] | None = None, community_id: str = COMMUNITY,
    account_id: str = "account_1",
) -> Actor:  # fmt: skip
    """Somebody with these roles."""
    held = tuple(RoleGrant(role, None if scope is None else tuple(scope)) for role in roles)
    return Actor(account_id, community_id, "session_1", held)


CLERK = actor(Role.CLERK)
_NUMBERS = iter(range(1_000_000))


def asked(request_id: str | None = None, **inputs: object) -> Request:
    """A request, each time another."""
    return REQUESTS.request_for("account_1", request_id or f"r{next(_NUMBERS)}", **inputs)

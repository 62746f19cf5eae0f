"""An office that keeps an owners' register: its use cases over stores of any kind.

The archive beside it is a few dwellings and residents that a test names.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from residents.adapters.owners.derived_owner_identities import DerivedOwnerIdentities
from residents.adapters.owners.memory import MemoryOwners, MemoryOwnerships, MemoryRegisters
from residents.application.owners.apply_register import ApplyRegister
from residents.application.owners.link_owners import LinkOwners
from residents.application.owners.owned_by_person import OwnedByPerson
from residents.application.owners.owner_book import OwnerBook
from residents.application.owners.owner_queries import OwnerQueries
from residents.application.owners.owners import OwnersRoom
from residents.application.owners.owners_register_kind import OwnersRegisterKind
from residents.application.owners.owners_who_are import OwnersWhoAre
from residents.application.owners.ownership_by_hand import (
    OrderedStake,
    OwnershipByHand,
    OwnershipOrder,
)
from residents.application.owners.ownership_figures import ReadOwnershipFigures
from residents.application.owners.ports import DoorInEstate, Owners, Ownerships, Registers
from residents.application.owners.reach import OwnReach
from residents.application.owners.record_ownership import RecordOwnership
from residents.application.owners.recount_owners import RecountOwners
from residents.application.owners.register_comparison import RegisterComparison
from residents.application.owners.sets_of_owners import SetsOfOwners
from residents.application.owners.transfer_ownership import TransferOwnership
from residents.domain.archive.marks import identity_mark, same_person_mark
from residents.domain.imports.batch import ImportBatch, ImportFile, Kind, Phase
from residents.domain.imports.rows import CheckOutcome, DifferingRow, RefusedRow
from residents.domain.ledger.cells import Cell, Merge, SheetCells
from residents.domain.ledger.doors import Door
from residents.domain.ledger.identity_numbers import birth_date_in, check_digit
from residents.domain.owners.owner import OwnerKind, ResidentLink
from residents.domain.owners.ownership import Dwelling
from residents.domain.owners.recognition import MarkedResident
from residents.domain.owners.typed_owners import TypedOwner
from residents.domain.roles import Actor, Role, RoleGrant

COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "elsewhere")
SPRING, EAST = "春和苑", "东风里"
TODAY = date(2026, 11, 23)
HEADER: list[Cell] = [
    "小区", "门牌", "产权人", "身份证号", "联系电话", "份额", "登记日期", "备注"
]  # fmt: skip
KEYED_HASH = LookupHash(bytes(KEY_BYTES))
HALF = (1, 2)


def estate_id(name: str = SPRING) -> str:
    return derived_id("estate", COMMUNITY, name)


def household_id(room: str, estate: str = SPRING) -> str:
    """Of a room in building 1, unit 1."""
    return derived_id("household", estate, "1", "1", room)


def building_id(estate: str = SPRING) -> str:
    return derived_id("building", estate, "1")


def number(born: str, order: int = 1) -> str:
    """A well-formed identity number, of a region that does not exist."""
    first = f"999999{born}{order:03d}"
    return first + check_digit(first)


def person(name: str, **known: Any) -> TypedOwner:
    return TypedOwner(kind=OwnerKind.PERSON, name=name, **known)


def company(name: str, **known: Any) -> TypedOwner:
    return TypedOwner(kind=OwnerKind.COMPANY, name=name, **known)


def actor(role: Role, *, scope: tuple[str, ...] | None = None, of: str = COMMUNITY) -> Actor:
    account_id = derived_id("account", role.value)
    return Actor(account_id, of, "session_1", (RoleGrant(role, scope),))


CLERK = actor(Role.CLERK)


class Rooms101To104:
    """Stands for the archive: four dwellings of 50 m² in each of two estates, 104 without area."""

    def __init__(self) -> None:
        self._by_door = {
            DoorInEstate(estate, Door("1", "1", room)): Dwelling(
                household_id(room, estate),
                building_id(estate),
                estate_id(estate),
                f"{estate}/{room}",
            )
            for estate in (SPRING, EAST)
            for room in ("101", "102", "103", "104")
        }
        self._by_id = {each.household_id: each for each in self._by_door.values()}

    async def by_ids(
        self, community_id: str, household_ids: Sequence[str]
    ) -> list[Dwelling | None]:
        if community_id != COMMUNITY:
            return [None for _ in household_ids]
        return [self._by_id.get(each) for each in household_ids]

    async def behind(
        self, community_id: str, doors: Sequence[DoorInEstate]
    ) -> list[Dwelling | None]:
        return [self._by_door.get(each) for each in doors]

    async def areas_cm2(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, int | None]:
        without = {household_id("104"), household_id("104", EAST)}
        return {each: None if each in without else 500_000 for each in household_ids}

    async def count(self, community_id: str) -> int:
        return len(self._by_door)


class FewResidents:
    """Stands for the archive: the residents that a test lets move in."""

    def __init__(self) -> None:
        self._by_id: dict[str, MarkedResident] = {}

    def move_in(
        self, name: str, identity_number: str, *, with_number: bool = True, lives_here: bool = True
    ) -> ResidentLink:
        """Somebody whose birth date is known, and perhaps the identity number."""
        born = birth_date_in(identity_number)
        assert born is not None
        identity = identity_mark(identity_number, KEYED_HASH) if with_number else None
        marks = (same_person_mark(name, born, KEYED_HASH), identity)
        resident_id = derived_id("resident", identity_number)
        link = ResidentLink(resident_id, derived_id("person", resident_id), lives_here)
        self._by_id[resident_id] = MarkedResident(link, frozenset(filter(None, marks)), identity)
        return link

    def correct(self, link: ResidentLink, name: str, identity_number: str) -> None:
        """It was another person all the time."""
        born = birth_date_in(identity_number)
        assert born is not None
        identity = identity_mark(identity_number, KEYED_HASH)
        marks = frozenset((same_person_mark(name, born, KEYED_HASH), identity))
        self._by_id[link.resident_id] = MarkedResident(link, marks, identity)

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[MarkedResident]:
        return [each for each in self._by_id.values() if each.marks & set(marks)]

    async def by_id(self, community_id: str, resident_id: str) -> MarkedResident | None:
        return self._by_id.get(resident_id)


class FewBindings:
    """Whom accounts stand for."""

    def __init__(self) -> None:
        self.of: dict[str, list[str]] = {}

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        return self.of.get(account_id, [])

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        return [account for account, bound in self.of.items() if resident_id in bound]


class Journal:
    """Keeps what an import writes down; after so many words of progress it is killed."""

    def __init__(self, dies_after: int | None = None) -> None:
        self.rows_refused: list[RefusedRow] = []
        self.rows_differing: list[DifferingRow] = []
        self._left = dies_after

    async def refused(self, rows: Sequence[RefusedRow]) -> None:
        self.rows_refused += rows

    async def differs(self, rows: Sequence[DifferingRow]) -> None:
        self.rows_differing += rows

    async def progress(self, phase: Phase, done: int, total: int | None = None) -> None:
        if self._left == 0:
            raise Killed
        if self._left is not None:
            self._left -= 1

    @property
    def codes(self) -> list[tuple[int, str]]:
        """The refused rows by number."""
        return sorted((row.row, str(row.code)) for row in self.rows_refused)


class Killed(BaseException):
    """A process ends here, without cleaning up."""


class OwnersOffice:
    """Everything that can be done with ownership, and the stores to look into."""

    def __init__(
        self, ownerships: Ownerships, owners: Owners, registers: Registers, now: FrozenClock
    ) -> None:
        self.ownerships, self.owners, self.registers = ownerships, owners, registers
        self.residents, self.bindings = FewResidents(), FewBindings()
        self.dwellings = Rooms101To104()
        self.identities = DerivedOwnerIdentities(KEYED_HASH)
        self._files: dict[bytes, list[SheetCells]] = {}
        self._now = now
        book = OwnerBook(owners, self.residents, self.identities, now)
        by_hand = OwnershipByHand(
            ownerships, owners, registers, self.dwellings, book, self.identities,
            lambda: TODAY, now,
        )  # fmt: skip
        owners_who_are = OwnersWhoAre(owners, self.residents)
        queries = OwnerQueries(
            ownerships, owners, registers, OwnReach(self.bindings, owners_who_are), self.identities,
            lambda: TODAY,
        )  # fmt: skip
        recount = RecountOwners(ownerships, owners, self.identities)
        self.room = OwnersRoom(
            record_ownership=RecordOwnership(by_hand),
            transfer_ownership=TransferOwnership(by_hand),
            queries=queries,
            figures=ReadOwnershipFigures(
                ownerships, owners, registers, self.dwellings, queries, self.identities, now
            ),
            sets_of_owners=SetsOfOwners(ownerships, registers, self.dwellings, self.identities),
            link_owners=LinkOwners(ownerships, owners, self.residents, now),
            recount_owners=recount,
        )
        self.personal_data = OwnedByPerson(ownerships, owners_who_are, registers, self.identities)
        comparison = RegisterComparison(self.dwellings, ownerships, book, self.identities, now)
        self.kind = OwnersRegisterKind(
            self._files.__getitem__,
            registers,
            ownerships,
            comparison,
            ApplyRegister(
                registers, ownerships, owners, book, comparison, recount, self.identities
            ),
            self.identities,
        )

    @classmethod
    def in_memory(cls) -> "OwnersOffice":
        now = FrozenClock()
        return cls(MemoryOwnerships(now), MemoryOwners(), MemoryRegisters(), now)

    async def record(
        self, room: str, *stakes: tuple[str | TypedOwner, tuple[int, int] | None],
        since: date = date(2010, 5, 1), by: Actor = CLERK, request: str | None = None,
    ) -> Any:  # fmt: skip
        """Record, and let the event be heard."""
        order = order_of(household_id(room), since, *stakes)
        made = await self.room.record_ownership(
            by, order, request=requested(request or f"record {room}", order)
        )
        await self.room.recount_owners.of_household(COMMUNITY, order.household_id)
        return made

    async def transfer(
        self, room: str, *stakes: tuple[str | TypedOwner, tuple[int, int] | None],
        since: date = date(2020, 5, 1), by: Actor = CLERK, request: str | None = None,
    ) -> Any:  # fmt: skip
        """Transfer, and let the event be heard."""
        order = order_of(household_id(room), since, *stakes)
        made = await self.room.transfer_ownership(
            by, order, request=requested(request or f"transfer {room} {since}", order)
        )
        await self.room.recount_owners.of_household(COMMUNITY, order.household_id)
        return made

    def file(self, name: str, *rows: list[Cell], merged: Iterable[Merge] = ()) -> bytes:
        """A register's bytes: a title, a day, the header in row 3, then these rows."""
        head: list[list[Cell]] = [["房屋产权登记表"], ["截至：2026-07-01"], HEADER]
        self._files[name.encode()] = [SheetCells("产权登记", [*head, *rows], list(merged))]
        return name.encode()

    async def check(self, file: bytes) -> tuple[CheckOutcome, Journal]:
        journal = Journal()
        return await self.kind.check(batch_of(file), file, journal), journal

    async def apply(self, file: bytes, journal: Journal | None = None) -> int:
        """Apply a file. Returns: the edition."""
        return (await self.kind.apply(batch_of(file), file, journal or Journal())).edition

    async def owners_on(
        self, room: str, day: date | None = None, *, estate: str = SPRING, by: Actor = CLERK
    ) -> dict[str, str] | None:
        """Masked names with their shares."""
        asked = [(household_id(room, estate), day)]
        (found,) = await self.room.queries.owners_on(by, asked)
        if found is None:
            return None
        return {
            str(stake.owner.name): f"{stake.share.numerator}/{stake.share.denominator}"
            if stake.share
            else "joint"
            for stake in found.stakes
        }

    async def state(self) -> dict[str, Any]:
        """Everything that readers of the whole community see."""
        secretary = actor(Role.SECRETARY)
        rooms = [(room, estate) for estate in (SPRING, EAST) for room in ("101", "102", "103")]
        return {
            "figures": msgspec.structs.replace(
                await self.room.figures(secretary), counted_at=datetime(2026, 1, 1, tzinfo=UTC)
            ),
            "history": [
                await self.room.queries.history(secretary, household_id(room, estate))
                for room, estate in rooms
            ],
        }


def order_of(
    household: str, since: date, *stakes: tuple[str | TypedOwner, tuple[int, int] | None]
) -> OwnershipOrder:
    ordered = tuple(OrderedStake(owner=owner, share=share) for owner, share in stakes)
    return OwnershipOrder(household_id=household, valid_from=since, stakes=ordered)


def requested(name: str, order: OwnershipOrder) -> Request:
    return REQUESTS.request_for("account_clerk", name, order=order)


def batch_of(file: bytes) -> ImportBatch:
    batch_id = derived_id("import", file.decode())
    return ImportBatch.receive(
        batch_id,
        community_id=COMMUNITY,
        kind=Kind.OWNERS_REGISTER,
        file=ImportFile("file_1", "mark", len(file)),
        attempt=1,
        request_mark=batch_id,
        as_of=None,
        by="account_clerk",
        at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def row(
    door: Cell, name: Cell, share: Cell = None, *, number: Cell = None, phone: Cell = None,
    since: Cell = date(2010, 5, 1), note: Cell = None, estate: Cell = SPRING,
) -> list[Cell]:  # fmt: skip
    """A row under HEADER."""
    return [estate, door, name, number, phone, share, since, note]

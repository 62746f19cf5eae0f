"""What the use cases of the owners' register need from outside."""

from collections.abc import Mapping, Sequence
from typing import Never, Protocol, TypeVar

import msgspec

from residents.application.ports import Cursor, Kept
from residents.domain.ledger.doors import Door
from residents.domain.owners.events import OwnershipChanged
from residents.domain.owners.owner import Owner
from residents.domain.owners.ownership import Dwelling, Ownership, OwnershipList
from residents.domain.owners.recognition import MarkedResident
from residents.domain.owners.register import OwnersRegister

A_co = TypeVar("A_co", covariant=True)


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


class Ownerships(Kept[Ownership], Protocol):
    """One a dwelling. get and change raise OwnershipNotFound."""

    async def add_many(self, new: Sequence[tuple[Ownership, Sequence[OwnershipChanged]]]) -> int:
        """Insert those not there yet. Returns: how many were new."""

    async def of_list(
        self, community_id: str, of: OwnershipList, *, first: int, after: Cursor | None = None
    ) -> PageOf[Ownership]:
        """The dwellings that a figure counts, by building and door."""

    async def count_of_list(self, community_id: str, of: OwnershipList) -> int:
        """How many dwellings a figure counts."""

    async def of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> PageOf[Ownership]:
        """The dwellings that somebody owns now, by building and door."""

    async def ever_of_owner(
        self, community_id: str, owner_id: str, *, first: int, after: Cursor | None = None
    ) -> PageOf[Ownership]:
        """The dwellings that somebody owns or owned, by building and door."""

    async def owning_among(self, community_id: str, owner_ids: Sequence[str]) -> frozenset[str]:
        """Which of these owners own a dwelling now; at most some thousands a call."""

    async def of_building(self, community_id: str, building_id: str) -> list[Ownership]:
        """Every dwelling of a building of which something is known, by its door."""

    async def of_owners(self, community_id: str, owners_mark: str) -> list[Ownership]:
        """The dwellings that exactly these own now."""

    async def settle(self, community_id: str, edition: int, *, limit: int) -> Sequence[Ownership]:
        """Fold in up to that many of those with something staged for an edition, with events.

        Returns: each as it was before; nothing when none is left.
        """

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """Drop what is staged for an edition above one and up to another."""


class Owners(Kept[Owner], Protocol):
    """get and change raise OwnerNotFound. Facts come decrypted."""

    async def add_many(self, new: Sequence[tuple[Owner, Sequence[Never]]]) -> int:
        """Insert those not there yet, each with a key of their own. Returns: how many were new."""

    async def has_any(self, community_id: str) -> bool:
        """Whether anybody is known to own, or to have owned, something in a community."""

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[Owner]:
        """Everybody who has one of these marks, or will by what is staged.

        At most some thousands of marks a call.
        """

    async def of_residents(self, community_id: str, resident_ids: Sequence[str]) -> list[Owner]:
        """The owners that these residents are, or will be by what is staged.

        One each, or more where registers differ.
        """

    async def of_list(
        self, community_id: str, of: str, *, edition: int, first: int, after: Cursor | None = None
    ) -> PageOf[Owner]:
        """The owners that a figure counts and readers of the edition see, in no telling order."""

    async def count_of_list(self, community_id: str, of: str, *, edition: int) -> int:
        """How many owners a figure counts."""

    async def settle(self, community_id: str, edition: int, *, limit: int) -> int:
        """Fold in up to that many of those with something staged. Returns: how many."""

    async def unstage(self, community_id: str, *, above: int, upto: int) -> None:
        """Drop what is staged for, and whom nobody sees before, such an edition."""


class Registers(Kept[OwnersRegister], Protocol):
    """One a community. get and change raise NoRegister."""


class NoRegister(Exception):
    """Nothing was imported yet. It never leaves the application."""


class OwnerIdentities(Protocol):
    """Ids and marks by which a repeat finds its like."""

    def register(self, community_id: str) -> str:
        """Of a community's owners' register."""

    def ownership(self, household_id: str) -> str:
        """Of what is known of a dwelling's owners."""

    def owner(self, community_id: str, mark: str) -> str:
        """Of an owner first known by a mark."""

    def person_key(self, owner_id: str) -> str:
        """Under whose key the facts of an owner are locked."""

    def owners_mark(self, owner_ids: Sequence[str]) -> str:
        """Of a set of owners, given the sorted ids."""

    def keyed_hash(self, kind: str, value: str) -> str:
        """Hashes a value of a kind under a key that is not in the store."""


class DoorInEstate(msgspec.Struct, frozen=True):
    """A door as a file names it."""

    estate: str
    door: Door


class Dwellings(Protocol):
    """The households of the archive, as things that are owned."""

    async def by_ids(
        self, community_id: str, household_ids: Sequence[str]
    ) -> list[Dwelling | None]:
        """In the order of the ids; None for what readers do not see."""

    async def behind(
        self, community_id: str, doors: Sequence[DoorInEstate]
    ) -> list[Dwelling | None]:
        """The dwelling behind each door; None for a door that the archive does not have."""

    async def areas_cm2(
        self, community_id: str, household_ids: Sequence[str]
    ) -> Mapping[str, int | None]:
        """The area of each, where it is known."""

    async def count(self, community_id: str) -> int:
        """How many the archive has."""


class MarkedResidents(Protocol):
    """The residents of the archive, by the marks that an owner can have as well."""

    async def with_marks(self, community_id: str, marks: Sequence[str]) -> list[MarkedResident]:
        """Everybody who has one of these marks; at most some thousands a call."""

    async def by_id(self, community_id: str, resident_id: str) -> MarkedResident | None:
        """One of them; None for somebody whom readers do not see."""

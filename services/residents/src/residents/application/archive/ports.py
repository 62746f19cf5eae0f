"""What the archive needs from outside, and what other rooms read of it.

`get` and `get_many` give documents as they lie there: `effective(edition)` says what counts, and
`from_edition` whether it counts at all. Lists give what counts in a view. Who only reads asks
`reading.ArchiveReading`.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from residents.application.ports import Cursor, Kept
from residents.domain.archive.editions import Archive, View
from residents.domain.archive.events import ArchiveEvent
from residents.domain.archive.figures import BuildingFigures
from residents.domain.archive.holds import PersonHold
from residents.domain.archive.places import (
    Building,
    Estate,
    Household,
    StagedEstate,
    StagedHousehold,
)
from residents.domain.archive.residents import Resident, StagedResident

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)
S_contra = TypeVar("S_contra", contravariant=True)

Today = Callable[[], date]
"""The day it is in China."""
Within = Sequence[Estate] | Sequence[Building]
"""The places that a list is of."""


class PageOf(Protocol[A_co]):
    """Some of a list."""

    @property
    def items(self) -> Sequence[A_co]:
        """What is listed, as it counts."""

    @property
    def cursors(self) -> Sequence[Cursor]:
        """Where each is in the list."""

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""


class Imported(Kept[A], Protocol[A]):
    """What an import writes many of at once.

    Every call may be repeated, whole or in part, and changes nothing the second time.
    """

    async def add_all(
        self, new: Sequence[tuple[A, Sequence[ArchiveEvent]]], *, in_all: int | None = None
    ) -> int:
        """Insert those whose ids are not there yet; people's keys are made with them.

        Their events are held back until `settle`.

        Args:
            in_all: how many the edition makes in several calls, about; None for these alone.
        Returns: how many were new.
        """

    async def settle(self, community_id: str, edition: int) -> int:
        """Fold in what is staged for an edition that counts, and let go of events held for it.

        Returns: how many documents it came across.
        """

    async def withdraw(self, community_id: str, edition: int, ids: Sequence[str]) -> int:
        """Delete those of these that an import made for an edition that is not settled.

        Nobody was told of them. Returns: how many.
        """

    async def delete_from(self, community_id: str, edition: int) -> int:
        """Delete all that an import made which is given up before it counts. Returns: how many."""


class Stageable(Protocol[S_contra]):
    """What an import changes, to be seen from its edition on."""

    async def stage_all(
        self, community_id: str, staged: Mapping[str, tuple[int, S_contra]]
    ) -> list[str]:
        """Let a change wait in each of these documents.

        Args:
            staged: by the document's id, the version that the change was made from, and it.
        Returns: the ids of those that somebody wrote since, in which nothing new waits: look at
            them again.
        """

    async def unstage(self, community_id: str, edition: int) -> int:
        """Drop what is staged for that edition; for an import that is given up."""


class Archives(Kept[Archive], Protocol):
    """One a community."""

    async def of(self, community_id: str) -> Archive:
        """The community's archive; one of edition 0 when nothing was imported yet."""


class Estates(Imported[Estate], Stageable[StagedEstate], Protocol):
    """get and change raise EstateNotFound."""

    async def all_of(self, community_id: str, *, view: View) -> list[Estate]:
        """Every estate, by name; a community has a few."""


class Buildings(Imported[Building], Protocol):
    """get and change raise BuildingNotFound."""

    async def of_estate(
        self, estate: Estate, *, view: View, first: int, after: Cursor | None = None
    ) -> PageOf[Building]:
        """An estate's buildings, building 2 before 10."""

    async def all_of(self, community_id: str, *, view: View) -> list[Building]:
        """Every building."""


class Households(Imported[Household], Stageable[StagedHousehold], Protocol):
    """get and change raise HouseholdNotFound."""

    async def of_building(
        self, building: Building, *, view: View, first: int, after: Cursor | None = None,
        unit: str | None = None,
    ) -> PageOf[Household]:  # fmt: skip
        """A building's households by unit and room, or those of one unit."""

    async def listed(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, vacant: bool | None = None,
    ) -> PageOf[Household]:  # fmt: skip
        """Households by their doors; of places or all, the vacant ones or the others alone."""


class Residents(Imported[Resident], Stageable[StagedResident], Protocol):
    """get and change raise ResidentNotFound. Facts come decrypted."""

    async def outlines(self, community_id: str, ids: Sequence[str]) -> list[Resident | None]:
        """As get_many, without their facts (None): no key is read and nothing is decrypted."""

    async def of_households(
        self, community_id: str, household_ids: Sequence[str], *, view: View
    ) -> Mapping[str, list[Resident]]:
        """Who lives in each of these households, in one query; the longest known first."""

    async def living(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, mark: str | None = None, aged_since: datetime | None = None,
    ) -> PageOf[Resident]:  # fmt: skip
        """Who lives in the community or in places of it, by their doors; of one mark or all.

        Args:
            aged_since: leave out the facts (None) of whom an import wrote at that moment or later,
                which takes their keys and their decryption: their marks are of its day.
        """

    async def moved_out(
        self, community_id: str, mark: str, *, view: View, first: int, after: Cursor | None = None
    ) -> PageOf[Resident]:
        """Who moved out and has that mark."""

    async def known_by(
        self, community_id: str, marks: Sequence[str], *, view: View
    ) -> list[Resident]:
        """Everybody, moved out or not, who has one of these marks; at most some thousands."""

    def all_living(
        self, community_id: str, *, view: View, batch_size: int = 1000
    ) -> AsyncIterator[list[Resident]]:
        """Everybody who lives in the community, in batches, without their facts (None)."""


class Figures(Kept[BuildingFigures], Protocol):
    """The figures of buildings. get and change raise NoFigures."""

    async def of_edition(self, community_id: str, edition: int) -> list[BuildingFigures]:
        """Those of every building that were counted for that edition."""

    async def delete_of(self, community_id: str, edition: int) -> int:
        """Delete those of an edition that was given up or is long past."""

    async def as_of_before(self, day: date, *, limit: int) -> list[BuildingFigures]:
        """Of all communities, those whose ages were taken before a day."""


class NoFigures(Exception):
    """Nobody counted this building for this edition. It never leaves the application."""


class PersonHolds(Kept[PersonHold], Protocol):
    """Short holds on a person who is being entered. get and change raise NoHold."""

    async def any_of(self, community_id: str) -> bool:
        """Whether anybody is being entered, or was a moment ago."""


class NoHold(Exception):
    """Nobody is entering this person. It never leaves the application."""


class Identities(Protocol):
    """Ids by which a repeat finds its like."""

    def archive(self, community_id: str) -> str:
        """Of a community's archive."""

    def estate(self, community_id: str, name: str) -> str:
        """Of an estate, however its name is spaced."""

    def building(self, community_id: str, estate_id: str, label: str) -> str:
        """Of a building."""

    def household(self, community_id: str, building_id: str, unit: str | None, room: str) -> str:
        """Of a household."""

    def imported_resident(self, batch_id: str, sheet: str, row: int) -> str:
        """Of a resident whom an import makes."""

    def person_key(self, resident_id: str) -> str:
        """The pseudonym of a resident."""

    def figures(self, building_id: str, edition: int) -> str:
        """Of a building's figures."""

    def hold(self, community_id: str, mark: str) -> str:
        """Of the hold on a person."""


class OwnResidents(Protocol):
    """Which residents an account is, by verified bindings; the logins say."""

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """Their ids."""

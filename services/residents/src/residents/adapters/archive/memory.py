"""The archive's stores in memory, for unit tests; they pass the contract tests of the real ones."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

import msgspec
from chassis.aggregates import Page
from chassis.testing import MemoryAggregates

from residents.adapters.archive.identities import DerivedIdentities
from residents.adapters.archive.mongo_imported import Foldable, ForEdition, FromEdition
from residents.adapters.archive.pages import in_each
from residents.application.archive.ports import NoFigures, NoHold, Within
from residents.application.ports import Cursor
from residents.domain.archive.editions import Archive, View
from residents.domain.archive.errors import (
    ArchiveBusy,
    BuildingNotFound,
    EstateNotFound,
    HouseholdNotFound,
    ResidentNotFound,
)
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
from residents.domain.archive.residents import Resident, StagedResident, household_order

A = TypeVar("A", bound=FromEdition)
F = TypeVar("F", bound=Foldable)
S = TypeVar("S", bound=ForEdition)


class MemoryImported(MemoryAggregates[A]):
    """See `ports.Imported`."""

    def __init__(
        self,
        not_found: Callable[[str], Exception],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(not_found)
        self._now = now
        self._held_ids: dict[tuple[str, int], dict[str, Any]] = {}

    async def add_all(
        self, new: Sequence[tuple[A, Sequence[ArchiveEvent]]], *, in_all: int | None = None
    ) -> int:
        """See `Imported.add_all`."""
        added = 0
        for aggregate, events in new:
            edition = aggregate.from_edition
            if await self.add_many([(aggregate, events)], held_for=_edition_of):
                held = self._held_ids.setdefault((aggregate.community_id, edition), {})
                held[aggregate.id] = self._held[-1]
                added += 1
        return added

    async def settle(self, community_id: str, edition: int) -> int:
        """See `Imported.settle`."""
        self._held_ids.pop((community_id, edition), None)
        return await self.release(community_id, str(edition))

    async def withdraw(self, community_id: str, edition: int, ids: Sequence[str]) -> int:
        """See `Imported.withdraw`."""
        held = self._held_ids.get((community_id, edition), {})
        gone = [one for one in ids if one in held]
        for one in gone:
            del self._kept[community_id, one]
            self._held.remove(held.pop(one))
        return len(gone)

    async def delete_from(self, community_id: str, edition: int) -> int:
        """See `Imported.delete_from`."""
        gone = self._held_ids.pop((community_id, edition), {})
        for one in gone:
            del self._kept[community_id, one]
        self._held = [each for each in self._held if each[:2] != (community_id, str(edition))]
        return len(gone)

    def _of(self, community_id: str, view: View) -> list[A]:
        """What counts, as it counts."""
        return [
            _effective(kept, view)
            for kept in self.all
            if kept.community_id == community_id and view.sees(kept.from_edition)
        ]


class MemoryStageable(MemoryImported[F], Generic[F, S]):
    """See `ports.Stageable`."""

    async def stage_all(self, community_id: str, staged: Mapping[str, tuple[int, S]]) -> list[str]:
        """See `Stageable.stage_all`."""
        missed = []
        for one, (version, change) in staged.items():
            (there,) = await self.get_many(community_id, [one])
            if there is not None and there.version == version:
                await self.change(community_id, one, _staging(change))
            else:
                missed.append(one)
        return missed

    async def settle(self, community_id: str, edition: int) -> int:
        """See `Imported.settle`."""
        at = self._now()

        def fold(before: F) -> tuple[F, Sequence[ArchiveEvent]]:
            after, events = before.settled(edition, at)
            return after, events  # type: ignore[return-value]  # it folds into its own kind

        due = self._staged_for(community_id, edition)
        for one in due:
            await self.change(community_id, one, fold)
        return len(due) + await super().settle(community_id, edition)

    async def unstage(self, community_id: str, edition: int) -> int:
        """See `Stageable.unstage`."""
        due = self._staged_for(community_id, edition)
        for one in due:
            await self.change(community_id, one, _staging(None))
        return len(due)

    def _staged_for(self, community_id: str, edition: int) -> list[str]:
        return [
            kept.id
            for kept in self.all
            if kept.community_id == community_id
            and (staged := getattr(kept, "staged", None)) is not None
            and staged.edition == edition
        ]


class MemoryArchives(MemoryAggregates[Archive]):
    """Archives in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: ArchiveBusy())

    async def of(self, community_id: str) -> Archive:
        """See `Archives.of`."""
        archive_id = DerivedIdentities().archive(community_id)
        (found,) = await self.get_many(community_id, [archive_id])
        return found or Archive(id=archive_id, community_id=community_id)


class MemoryEstates(MemoryStageable[Estate, StagedEstate]):
    """Estates in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: EstateNotFound())

    async def all_of(self, community_id: str, *, view: View) -> list[Estate]:
        """See `Estates.all_of`."""
        return sorted(self._of(community_id, view), key=_place)


class MemoryBuildings(MemoryImported[Building]):
    """Buildings in memory."""

    def __init__(self) -> None:
        super().__init__(lambda _: BuildingNotFound())

    async def of_estate(
        self, estate: Estate, *, view: View, first: int, after: Cursor | None = None
    ) -> Page[Building]:
        """See `Buildings.of_estate`."""
        there = [it for it in self._of(estate.community_id, view) if it.estate_id == estate.id]
        return _page(there, _place, first, after)

    async def all_of(self, community_id: str, *, view: View) -> list[Building]:
        """See `Buildings.all_of`."""
        return sorted(self._of(community_id, view), key=_place)


class MemoryHouseholds(MemoryStageable[Household, StagedHousehold]):
    """Households in memory."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(lambda _: HouseholdNotFound(), now)

    async def of_building(
        self, building: Building, *, view: View, first: int, after: Cursor | None = None,
        unit: str | None = None,
    ) -> Page[Household]:  # fmt: skip
        """See `Households.of_building`."""
        there = [
            it
            for it in self._of(building.community_id, view)
            if it.building_id == building.id and unit in (None, it.unit)
        ]
        return _page(there, _place, first, after)

    async def listed(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, vacant: bool | None = None,
    ) -> Page[Household]:  # fmt: skip
        """See `Households.listed`."""
        there = [it for it in self._of(community_id, view) if vacant in (None, it.vacant)]

        async def of_place(place: Estate | Building | None, wanted: int) -> Page[Household]:
            return _page([it for it in there if _is_in(it, place)], _place, wanted, after)

        return await in_each(within, of_place, first=first, after=after)


class MemoryResidents(MemoryStageable[Resident, StagedResident]):
    """Residents in memory."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(lambda _: ResidentNotFound(), now)

    async def outlines(self, community_id: str, ids: Sequence[str]) -> list[Resident | None]:
        """See `Residents.outlines`."""
        return [_outline(it) if it else None for it in await self.get_many(community_id, ids)]

    async def of_households(
        self, community_id: str, household_ids: Sequence[str], *, view: View
    ) -> Mapping[str, list[Resident]]:
        """See `Residents.of_households`."""
        there = sorted(self._of(community_id, view), key=household_order)
        return {
            one: [it for it in there if it.home is not None and it.home.household_id == one]
            for one in household_ids
        }

    async def living(
        self, community_id: str, *, view: View, first: int, after: Cursor | None = None,
        within: Within | None = None, mark: str | None = None, aged_since: datetime | None = None,
    ) -> Page[Resident]:  # fmt: skip
        """See `Residents.living`."""
        there = [
            _outline(it) if aged_since and it.from_edition and it.created_at >= aged_since else it
            for it in self._of(community_id, view)
            if it.home is not None and (mark is None or mark in it.marks)
        ]

        async def of_place(place: Estate | Building | None, wanted: int) -> Page[Resident]:
            return _page([it for it in there if _is_in(it.home, place)], _door, wanted, after)

        return await in_each(within, of_place, first=first, after=after)

    async def moved_out(
        self, community_id: str, mark: str, *, view: View, first: int, after: Cursor | None = None
    ) -> Page[Resident]:
        """See `Residents.moved_out`."""
        gone = [it for it in self._of(community_id, view) if it.home is None and mark in it.marks]
        return _page(gone, lambda resident: (resident.id,), first, after)

    async def known_by(
        self, community_id: str, marks: Sequence[str], *, view: View
    ) -> list[Resident]:
        """See `Residents.known_by`."""
        return [it for it in self._of(community_id, view) if set(marks) & set(it.marks)]

    async def all_living(
        self, community_id: str, *, view: View, batch_size: int = 1000
    ) -> AsyncIterator[list[Resident]]:
        """See `Residents.all_living`."""
        there = [it for it in self._of(community_id, view) if it.home is not None]
        there.sort(key=_door)
        for at in range(0, max(1, len(there)), batch_size):
            yield [_outline(it) for it in there[at : at + batch_size]]


class MemoryFigures(MemoryAggregates[BuildingFigures]):
    """Figures in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: NoFigures())

    async def of_edition(self, community_id: str, edition: int) -> list[BuildingFigures]:
        """See `Figures.of_edition`."""
        return [it for it in self.all if it.community_id == community_id and it.edition == edition]

    async def delete_of(self, community_id: str, edition: int) -> int:
        """See `Figures.delete_of`."""
        gone = await self.of_edition(community_id, edition)
        for figures in gone:
            del self._kept[community_id, figures.id]
        return len(gone)

    async def as_of_before(self, day: date, *, limit: int) -> list[BuildingFigures]:
        """See `Figures.as_of_before`."""
        return [it for it in self.all if it.as_of < day][:limit]


class MemoryPersonHolds(MemoryAggregates[PersonHold]):
    """Holds in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: NoHold())

    async def any_of(self, community_id: str) -> bool:
        """See `PersonHolds.any_of`."""
        return any(hold.community_id == community_id for hold in self.all)


def _edition_of(aggregate: FromEdition) -> str:
    return str(aggregate.from_edition)


def _effective(kept: A, view: View) -> A:
    fold = getattr(kept, "effective", None)
    return fold(view.edition) if fold is not None else kept


def _outline(resident: Resident) -> Resident:
    staged = resident.staged and msgspec.structs.replace(resident.staged, facts=None)
    return msgspec.structs.replace(resident, facts=None, staged=staged)


def _staging(staged: object) -> Callable[[Any], tuple[Any, Sequence[ArchiveEvent]]]:
    return lambda before: (msgspec.structs.replace(before, staged=staged), ())


def _place(place: Estate | Building | Household) -> Cursor:
    return place.order_key, place.id


def _door(resident: Resident) -> Cursor:
    return resident.home.order_key if resident.home else "", resident.id


def _is_in(inner: Any, place: Estate | Building | None) -> bool:
    match place:
        case None:
            return True
        case Estate():
            return bool(inner.estate_id == place.id)
        case Building():
            return bool(inner.building_id == place.id)


def _page(there: Sequence[A], key: Callable[[A], Any], first: int, after: Cursor | None) -> Page[A]:
    rest = sorted((it for it in there if after is None or key(it) > after), key=key)
    return Page(rest[:first], [key(it) for it in rest[:first]], len(rest) > first)

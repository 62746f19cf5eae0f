"""What follows a change: the figures of buildings, and which doors are vacant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.errors import TooMuchContention

from residents.application.archive.counting import RecountBuildings
from residents.application.archive.ports import Archives, Figures, Households, Identities, Residents
from residents.application.archive.reading import ArchiveReading
from residents.application.ports import Now
from residents.domain.archive.editions import View
from residents.domain.archive.places import Household

_CLOCKS_APART = timedelta(seconds=2)
"""Who writes and who counts are two processes: a count not later than that may be without it."""
_REMEMBERED = 10_000
_ATTEMPTS = 10


@dataclass(frozen=True)
class KeepFigures:
    """Recounts buildings, unless they were counted since.

    Attributes:
        counted: when this process counted a building for an edition; an import is told of in
            thousands of events, and one count answers them all.
    """

    archives: Archives
    reading: ArchiveReading
    figures: Figures
    identities: Identities
    recount: RecountBuildings
    counted: dict[tuple[str, int], datetime] = field(default_factory=dict)

    async def __call__(
        self, community_id: str, building_ids: Sequence[str], written_at: datetime | None = None
    ) -> None:
        """Recount what readers see, and what they are about to see where it was counted before.

        Args:
            written_at: when the change was written; None for just now.
        """
        archive = await self.archives.of(community_id)
        views = [archive.view]
        if archive.applying is not None:
            views.append(View(archive.applying.edition, is_settled=False))
        for view in views:
            due = [
                building_id
                for building_id in dict.fromkeys(building_ids)
                if await self._is_due(community_id, building_id, view, written_at)
            ]
            await self._count(community_id, due, view)

    async def _is_due(
        self, community_id: str, building_id: str, view: View, written_at: datetime | None
    ) -> bool:
        key = building_id, view.edition
        if written_at is not None and _covers(self.counted.get(key), written_at):
            return False
        (figures,) = await self.figures.get_many(community_id, [self.identities.figures(*key)])
        if figures is None:
            return False
        self._remember(key, figures.counted_at)
        return written_at is None or not _covers(figures.counted_at, written_at)

    async def _count(self, community_id: str, building_ids: Sequence[str], view: View) -> None:
        for building in await self.reading.buildings.get_many(community_id, building_ids):
            if building is not None and view.sees(building.from_edition):
                figures = await self.recount.count(building, view)
                self._remember((building.id, view.edition), figures.counted_at)

    def _remember(self, key: tuple[str, int], counted_at: datetime) -> None:
        if len(self.counted) >= _REMEMBERED:
            self.counted.clear()
        self.counted[key] = counted_at


@dataclass(frozen=True)
class KeepVacancy:
    """A household is vacant when its last resident has left, and not when somebody moves in."""

    reading: ArchiveReading
    households: Households
    residents: Residents
    now: Now

    async def __call__(self, community_id: str, household_ids: Sequence[str]) -> list[str]:
        """Look who lives in each. Returns: the ids of their buildings.

        Emits: household.changed v1 where it became vacant, or no longer is.
        """
        return await self._look_until_kept(community_id, household_ids, is_due=lambda _: True)

    async def end(self, community_id: str, household_ids: Sequence[str]) -> list[str]:
        """Look who lives in those that are vacant. Returns: the ids of the buildings of all.

        The others stay: a file may name a door and not, in a way that can be read, its people.
        Emits: household.changed v1 where somebody lives.
        """
        return await self._look_until_kept(
            community_id, household_ids, is_due=lambda each: each.vacant
        )

    async def _look_until_kept(
        self, community_id: str, household_ids: Sequence[str],
        *, is_due: Callable[[Household], bool],
    ) -> list[str]:  # fmt: skip
        for _ in range(_ATTEMPTS):
            view = await self.reading.view(community_id)
            there = await self.reading.households_by_id(community_id, household_ids, view)
            found = [household for household in there if household is not None]
            due = [household for household in found if is_due(household)]
            if not due or not await self._set(community_id, due, view):
                return [household.building_id for household in found]
        raise TooMuchContention

    async def _set(self, community_id: str, due: Sequence[Household], view: View) -> bool:
        """Set what is seen; whoever set something looks again, for somebody may have moved."""
        homes = await self.residents.of_households(
            community_id, [household.id for household in due], view=view
        )
        wrong = [household for household in due if household.vacant == bool(homes[household.id])]
        at = self.now()
        for household in wrong:
            vacant = not homes[household.id]
            await self.households.change(
                community_id,
                household.id,
                lambda before, vacant=vacant: before.with_vacancy(  # type: ignore[misc]
                    vacant=vacant, edition=view.edition, at=at
                ),
            )
        return bool(wrong)


def _covers(counted_at: datetime | None, written_at: datetime) -> bool:
    return counted_at is not None and counted_at >= written_at + _CLOCKS_APART

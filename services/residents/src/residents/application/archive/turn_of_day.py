"""With each day somebody comes of age: figures of an earlier day are counted anew."""

from dataclasses import dataclass

from residents.application.archive.counting import RecountBuildings
from residents.application.archive.ports import Archives, Figures, Today
from residents.application.archive.reading import ArchiveReading
from residents.domain.archive.editions import Archive, View
from residents.domain.archive.figures import BuildingFigures

_AT_ONCE = 100


@dataclass(frozen=True)
class TurnOfDay:
    """Runs every minute, and finds nothing but after midnight."""

    archives: Archives
    reading: ArchiveReading
    figures: Figures
    recount: RecountBuildings
    today: Today

    async def __call__(self) -> None:
        """Count every building of every community whose figures are of an earlier day."""
        while stale := await self.figures.as_of_before(self.today(), limit=_AT_ONCE):
            for figures in stale:
                await self._count(figures)

    async def _count(self, figures: BuildingFigures) -> None:
        archive = await self.archives.of(figures.community_id)
        view = _view(archive, figures.edition)
        (building,) = await self.reading.buildings.get_many(
            figures.community_id, [figures.building_id]
        )
        if view is None or building is None:
            await self.figures.delete_of(figures.community_id, figures.edition)
        else:
            await self.recount.count(building, view)


def _view(archive: Archive, edition: int) -> View | None:
    """How the figures' edition is seen; None where nobody will see it any more."""
    if edition == archive.edition:
        return archive.view
    if archive.applying is not None and edition == archive.applying.edition:
        return View(edition, is_settled=False)
    return None

"""What follows from an event of the archive's own: vacancy and figures, kept true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from residents.application.archive.keeping import KeepFigures, KeepVacancy


@dataclass(frozen=True)
class FollowUp:
    """Hears of an event at least once, in any order: what it does, it sets anew each time."""

    keep_figures: KeepFigures
    keep_vacancy: KeepVacancy

    async def people_moved(
        self, community_id: str, household_ids: Sequence[str], written_at: datetime
    ) -> None:
        """Somebody now lives in, or has left, each of these households."""
        building_ids = await self.keep_vacancy(community_id, household_ids)
        await self.keep_figures(community_id, building_ids, written_at)

    async def somebody_known(
        self, community_id: str, household_id: str, written_at: datetime
    ) -> None:
        """Somebody is known to live in a household: by that alone none becomes vacant.

        An import tells of thousands, nearly all of them behind doors that are not vacant.
        """
        building_ids = await self.keep_vacancy.end(community_id, [household_id])
        await self.keep_figures(community_id, building_ids, written_at)

    async def household_changed(
        self, community_id: str, household_id: str, building_id: str, written_at: datetime,
        *, vacant: bool,
    ) -> None:  # fmt: skip
        """A household of the building has another area, or is vacant or no longer so.

        It is not vacant when somebody moved in while a file, or a clerk, said that it is.
        """
        if vacant:
            await self.keep_vacancy.end(community_id, [household_id])
        await self.keep_figures(community_id, [building_id], written_at)

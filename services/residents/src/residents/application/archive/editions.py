"""How an import gets into the archive: begin, write, count, flip, settle; or give it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.few_at_once import FewAtOnce

from residents.application.archive.counting import RecountBuildings
from residents.application.archive.ports import (
    Archives,
    Buildings,
    Estates,
    Figures,
    Households,
    Imported,
    Residents,
)
from residents.domain.archive.editions import Archive, View
from residents.domain.archive.places import Building, Estate, Household
from residents.domain.archive.residents import Resident


@dataclass(frozen=True)
class Editions:
    """Each step may be repeated, after a crash or by two at once."""

    archives: Archives
    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    figures: Figures
    recount: RecountBuildings

    async def counts(self, community_id: str, batch_id: str) -> bool:
        """Whether the batch was flipped: nothing of it is to be written any more, only settled."""
        return (await self.archives.of(community_id)).counts(batch_id)

    async def begin(self, community_id: str, batch_id: str) -> int:
        """Settle the edition before, if need be, and make room for the next.

        Ask `counts` first: a batch that counts already is not written again.
        Returns: the number of the edition to write; the same for the same batch.
        Raises: ArchiveBusy while another batch is applied.
        """
        await self.settle(community_id)
        archive = await self.archives.add(await self.archives.of(community_id))
        archive = await self.archives.change(
            community_id, archive.id, lambda before: before.begin(batch_id)
        )
        await self._clear_given_up(archive)
        return archive.applying.edition if archive.applying else archive.edition

    async def recount_all(self, community_id: str, edition: int) -> int:
        """Count every building as readers of that edition will see it. Returns: how many."""
        await self._clear_given_up(await self.archives.of(community_id))
        view = View(edition, is_settled=False)
        buildings = await self.buildings.all_of(community_id, view=view)
        await self.recount(buildings, view)
        return len(buildings)

    async def flip(self, community_id: str, batch_id: str, as_of: date | None) -> Archive:
        """Let the edition count, for every reader at once. Raises: ArchiveBusy."""
        archive = await self.archives.of(community_id)
        await self._clear_given_up(archive)
        return await self.archives.change(
            community_id, archive.id, lambda before: before.flip(batch_id, as_of)
        )

    async def settle(self, community_id: str) -> int:
        """Fold in what the last flip let count, and tell of it; readers see no difference.

        Returns: how many documents were folded in or told of.
        """
        archive = await self.archives.of(community_id)
        if archive.is_settled:
            return 0
        settled: list[int] = []

        async def settle(store: Imported[Any]) -> None:
            settled.append(await store.settle(community_id, archive.edition))

        async with FewAtOnce(len(self._stores)) as few:  # of collections that share no lock
            for store in self._stores:
                await few.begin(settle(store))
        await self.figures.delete_of(community_id, archive.settled_edition)
        await self.archives.change(
            community_id, archive.id, lambda before: before.settled(archive.edition)
        )
        return sum(settled)

    async def abandon(self, community_id: str, batch_id: str) -> bool:
        """Take back all that the batch wrote. Returns: False when it counts already."""
        archive = await self.archives.of(community_id)
        if archive.applying is None or archive.applying.batch_id != batch_id:
            return archive.applied_batch_id != batch_id
        await self._clear(community_id, archive.applying.edition)
        await self.archives.change(
            community_id, archive.id, lambda before: before.abandon(batch_id)
        )
        return True

    async def _clear_given_up(self, archive: Archive) -> None:
        """Take back what a run that did not know yet wrote after its import was given up."""
        for edition in archive.given_up:
            await self._clear(archive.community_id, edition)

    async def _clear(self, community_id: str, edition: int) -> None:
        for staged in (self.estates, self.households, self.residents):
            await staged.unstage(community_id, edition)
        for store in self._stores:
            await store.delete_from(community_id, edition)
        await self.figures.delete_of(community_id, edition)

    @property
    def _stores(
        self,
    ) -> Sequence[Imported[Estate] | Imported[Building] | Imported[Household] | Imported[Resident]]:
        return self.estates, self.buildings, self.households, self.residents

"""What can be read of imports; every read is of the actor's own community."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.authorisation import demand_for_all
from residents.application.imports.ports import ImportBatches, ImportRows, PageOf
from residents.application.ports import Cursor
from residents.domain.imports.batch import ImportBatch
from residents.domain.imports.permissions import READ_IMPORTS
from residents.domain.imports.rows import Difference, DifferingRow, RefusedRow
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ImportQueries:
    """For the office."""

    batches: ImportBatches
    rows: ImportRows

    async def imports(
        self, actor: Actor, *, first: int, after: Cursor | None
    ) -> PageOf[ImportBatch]:
        """The community's imports, the newest first."""
        demand_for_all(actor, READ_IMPORTS)
        return await self.batches.newest_first(actor.community_id, first=first, after=after)

    async def imports_by_id(self, actor: Actor, ids: Sequence[str]) -> Sequence[ImportBatch | None]:
        """In the order of the ids; None for another community's."""
        demand_for_all(actor, READ_IMPORTS)
        return await self.batches.get_many(actor.community_id, ids)

    async def refused_rows(
        self, actor: Actor, batch: ImportBatch, *, first: int, after: Cursor | None
    ) -> PageOf[RefusedRow]:
        """The rows of a file that do not count."""
        demand_for_all(actor, READ_IMPORTS)
        return await self.rows.refused(batch, first=first, after=after)

    async def differences(
        self,
        actor: Actor,
        batch: ImportBatch,
        difference: Difference,
        *,
        first: int,
        after: Cursor | None,
    ) -> PageOf[DifferingRow]:
        """Where the file differs from the archive, as its check found."""
        demand_for_all(actor, READ_IMPORTS)
        return await self.rows.differing(batch, difference, first=first, after=after)

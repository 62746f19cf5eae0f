"""Give every batch that waits for work a process, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from residents.application.imports.ports import (
    Claims,
    ImportBatches,
    ImportKind,
    ImportProcesses,
    WorkEnd,
)
from residents.application.ports import Now
from residents.domain.imports.batch import CRASHES_BORNE, ImportBatch, ImportState, Kind
from residents.domain.imports.errors import WorkSuperseded

_AT_ONCE = 20


@dataclass(frozen=True)
class WorkThroughImports:
    """A turn of the worker.

    Attributes:
        processes: where the work is done, so that a file that is too much for the machine ends
            that process alone.
    """

    batches: ImportBatches
    claims: Claims
    processes: ImportProcesses
    kinds: Mapping[Kind, ImportKind]
    now: Now

    async def __call__(self) -> None:
        """Work on each batch that waits and that nobody has, once."""
        for batch in await self.batches.with_work(limit=_AT_ONCE):
            try:
                await self.claims.while_claimed(batch.id, partial(self._work_on, batch))
            except WorkSuperseded:
                continue

    async def _work_on(self, batch: ImportBatch) -> None:
        is_accepted = batch.state in {ImportState.ACCEPTED, ImportState.APPLYING}
        begin = ImportBatch.begin_apply if is_accepted else ImportBatch.begin_check
        begun = await self.batches.change(batch.community_id, batch.id, begin)
        if await self.processes.work(begun) is WorkEnd.CRASHED:
            await self._count_crash(begun)

    async def _count_crash(self, batch: ImportBatch) -> None:
        """What everybody sees already is never given up."""
        is_last = batch.crashes + 1 >= CRASHES_BORNE
        if is_last and batch.state is ImportState.APPLYING:
            is_undone = await self.kinds[batch.kind].abandon(batch)
            if not is_undone:
                return
        at = self.now()
        await self.batches.change(
            batch.community_id, batch.id, lambda old: old.crashed(batch.run, at)
        )

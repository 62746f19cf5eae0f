"""Take a batch from wherever it is to its end, as an operator who answers for it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from residents.application.imports.accept_import import AcceptImport
from residents.application.imports.clear_up import ClearUp
from residents.application.imports.ports import Claims, ImportBatches
from residents.application.imports.work_on_batch import WorkOnBatch
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.imports.errors import WorkInterrupted
from residents.domain.roles import Actor

_LOOKS_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class WorkToTheEnd:
    """Works in this process, or waits while another process has the batch."""

    batches: ImportBatches
    claims: Claims
    work_on_batch: WorkOnBatch
    accept_import: AcceptImport
    clear_up: ClearUp

    async def __call__(self, actor: Actor, batch: ImportBatch) -> ImportBatch:
        """Check, accept and apply it. Returns: the batch, applied or refused.

        Raises: Forbidden; ImportInProgress; Unavailable.
        """
        while not batch.has_ended:
            with suppress(WorkInterrupted):
                await self.claims.while_claimed(batch.id, partial(self._work, actor, batch))
            batch = await self.batches.get(batch.community_id, batch.id)
            if not batch.has_ended:
                await asyncio.sleep(_LOOKS_EVERY_SECONDS)
        return await self.clear_up(batch) if batch.has_leftovers else batch

    async def _work(self, actor: Actor, batch: ImportBatch) -> None:
        batch = await self.batches.get(batch.community_id, batch.id)
        while not batch.has_ended:
            batch = await self._step(actor, batch)

    async def _step(self, actor: Actor, batch: ImportBatch) -> ImportBatch:
        if batch.state is ImportState.CHECKED:
            return await self.accept_import(actor, batch.id)
        is_accepted = batch.state in {ImportState.ACCEPTED, ImportState.APPLYING}
        begin = ImportBatch.begin_apply if is_accepted else ImportBatch.begin_check
        begun = await self.batches.change(batch.community_id, batch.id, begin)
        return await self.work_on_batch(batch.community_id, batch.id, begun.run)

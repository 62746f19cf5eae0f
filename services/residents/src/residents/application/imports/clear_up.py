"""Forget the file of an import that has ended, and what its check need not show any more."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from residents.application.imports.ports import (
    Claims,
    ImportBatches,
    ImportFiles,
    ImportRows,
    UnnamedFile,
)
from residents.application.ports import Now
from residents.domain.imports.batch import ACCEPTED_WITHIN, ImportBatch, ImportState

_AT_ONCE = 50
_LONGEST_UPLOAD = timedelta(hours=1)
_STILL_SHOWN = (ImportState.APPLIED, ImportState.REFUSED)


@dataclass(frozen=True)
class ClearUp:
    """Each step may be repeated; the batch says at the end that nothing is left."""

    batches: ImportBatches
    claims: Claims
    files: ImportFiles
    rows: ImportRows

    async def __call__(self, batch: ImportBatch) -> ImportBatch:
        """Clear up after a batch that has ended, unless somebody is still at it.

        It may have ended under a check that goes on writing rows; the sweep comes again.
        """
        await self.claims.while_claimed(batch.id, partial(self._clear, batch))
        return await self.batches.get(batch.community_id, batch.id)

    async def _clear(self, batch: ImportBatch) -> None:
        await self.files.drop(batch.community_id, batch.file.id)
        shown = batch.checked_run if batch.state in _STILL_SHOWN else None
        await self.rows.drop(batch, keep_run=shown)
        await self.batches.change(batch.community_id, batch.id, ImportBatch.cleared)


@dataclass(frozen=True)
class SweepImports:
    """What the worker does every now and then, for all communities."""

    batches: ImportBatches
    files: ImportFiles
    clear_up: ClearUp
    now: Now

    async def __call__(self) -> None:
        """Let lapse what nobody accepted, and clear up after everything that has ended."""
        at = self.now()
        for batch in await self.batches.lapsed(at - ACCEPTED_WITHIN, limit=_AT_ONCE):
            await self.batches.change(batch.community_id, batch.id, lambda old: old.expire(at))
        for batch in await self.batches.with_leftovers(limit=_AT_ONCE):
            await self.clear_up(batch)
        for file in await self.files.unnamed(at - _LONGEST_UPLOAD, limit=_AT_ONCE):
            await self._drop_unless_named(file)

    async def _drop_unless_named(self, file: UnnamedFile) -> None:
        """Whoever took it in may have been stopped before its batch was there."""
        if await self.batches.of_file(file.community_id, file.file_id) is None:
            await self.files.drop(file.community_id, file.file_id)
        else:
            await self.files.named(file.community_id, file.file_id)

"""Read and compare a file, or apply it: what a process does for one run of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass

from residents.application.imports.journal import BatchJournal
from residents.application.imports.ports import (
    ImportBatches,
    ImportFiles,
    ImportKind,
    ImportRows,
)
from residents.application.ports import Now
from residents.application.privacy.ports import AuditAct, AuditAction, AuditTrail
from residents.domain.errors import ResidentsError
from residents.domain.imports.batch import ImportBatch, ImportState, Kind, Refusal
from residents.domain.imports.errors import WorkInterrupted, WorkSuperseded


@dataclass(frozen=True)
class WorkOnBatch:
    """May be killed at any moment; the next run begins again and comes to the same."""

    batches: ImportBatches
    files: ImportFiles
    rows: ImportRows
    audit: AuditTrail
    kinds: Mapping[Kind, ImportKind]
    now: Now

    async def __call__(self, community_id: str, batch_id: str, run: int) -> ImportBatch:
        """Do what the batch's state asks for.

        Raises: WorkInterrupted; ImportNotFound; ImportFileGone; Unavailable.
        """
        batch = await self.batches.get(community_id, batch_id)
        if batch.run != run:
            raise WorkSuperseded
        try:
            if batch.state is ImportState.CHECKING:
                return await self._check(batch)
            if batch.state is ImportState.APPLYING:
                return await self._apply(batch)
        except WorkInterrupted:
            raise
        except ResidentsError as error:
            return await self._refuse(batch, Refusal(error.code, error.message))
        raise WorkSuperseded

    async def _check(self, batch: ImportBatch) -> ImportBatch:
        outcome = await self.kinds[batch.kind].check(
            batch, await self._file(batch), self._journal(batch)
        )
        return await self.batches.change(
            batch.community_id, batch.id, lambda old: old.checked(batch.run, outcome)
        )

    async def _apply(self, batch: ImportBatch) -> ImportBatch:
        await self.audit.append(self._written_down(batch))
        outcome = await self.kinds[batch.kind].apply(
            batch, await self._file(batch), self._journal(batch)
        )
        at = self.now()
        return await self.batches.change(
            batch.community_id, batch.id, lambda old: old.applied(batch.run, outcome, at)
        )

    async def _refuse(self, batch: ImportBatch, refusal: Refusal) -> ImportBatch:
        """What is visible already is brought to its end, whatever the file is like."""
        if batch.state is ImportState.APPLYING:
            is_undone = await self.kinds[batch.kind].abandon(batch)
            if not is_undone:
                raise WorkSuperseded
        at = self.now()
        return await self.batches.change(
            batch.community_id, batch.id, lambda old: old.refuse(batch.run, refusal, at)
        )

    async def _file(self, batch: ImportBatch) -> bytes:
        return await self.files.read(batch.community_id, batch.file.id)

    def _journal(self, batch: ImportBatch) -> BatchJournal:
        return BatchJournal(batch, self.batches, self.rows, self.now)

    def _written_down(self, batch: ImportBatch) -> AuditAct:
        return AuditAct(
            community_id=batch.community_id,
            actor_account_id=batch.accepted_by or batch.received_by,
            action=AuditAction.IMPORT_APPLIED,
            subject=batch.id,
            purpose=batch.kind.name,
            source_id=f"{batch.id}:applied",
            at=self.now(),
        )

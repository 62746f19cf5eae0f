"""What the work on a batch writes down while it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from residents.application.imports.ports import ImportBatches, ImportRows
from residents.application.ports import Now
from residents.domain.imports.batch import ImportBatch, Phase, Progress
from residents.domain.imports.rows import DifferingRow, RefusedRow

_AT_MOST_EVERY = timedelta(seconds=1)


class BatchJournal:
    """The port `ImportJournal`, for one run of one batch."""

    def __init__(
        self, batch: ImportBatch, batches: ImportBatches, rows: ImportRows, now: Now
    ) -> None:
        self._batch = batch
        self._batches = batches
        self._rows = rows
        self._now = now
        self._written_at: datetime | None = None
        self._refused = 0
        self._differing = 0

    async def refused(self, rows: Sequence[RefusedRow]) -> None:
        """See the port."""
        await self._rows.add_refused(self._batch, rows, first_number=self._refused)
        self._refused += len(rows)

    async def differs(self, rows: Sequence[DifferingRow]) -> None:
        """See the port."""
        await self._rows.add_differing(self._batch, rows, first_number=self._differing)
        self._differing += len(rows)

    async def progress(self, phase: Phase, done: int, total: int | None = None) -> None:
        """See the port."""
        at = self._now()
        if self._written_at is not None and at < self._written_at + _AT_MOST_EVERY:
            return
        self._written_at = at
        progress = Progress(phase, done, total, at)
        await self._batches.change(
            self._batch.community_id,
            self._batch.id,
            lambda batch: batch.progressed(self._batch.run, progress),
        )

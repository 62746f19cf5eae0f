"""Imports kept in memory, for unit tests; they pass the contract tests of the real ones."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TypeVar

from chassis.aggregates import Event, Page
from chassis.errors import RequestIdReused
from chassis.requests import Request
from chassis.testing import MemoryAggregates

from residents.application.imports.ports import ImportFileGone, RowPage, UnnamedFile
from residents.application.ports import Cursor, Now
from residents.domain.imports.batch import (
    ENDED,
    IN_PROGRESS,
    NOT_ACCEPTED,
    WORK_TO_DO,
    ImportBatch,
    ImportFile,
    ImportState,
    Kind,
)
from residents.domain.imports.errors import ImportNotFound
from residents.domain.imports.rows import Difference, DifferingRow, RefusedRow

R = TypeVar("R", RefusedRow, DifferingRow)


class MemoryImportBatches(MemoryAggregates[ImportBatch]):
    """Imports in memory."""

    def __init__(self) -> None:
        super().__init__(not_found=lambda _: ImportNotFound())

    async def add(
        self,
        aggregate: ImportBatch,
        events: Sequence[Event] = (),
        *,
        request: Request | None = None,
    ) -> ImportBatch:
        """See the port."""
        made = await self.of_request(aggregate.community_id, aggregate.request_mark)
        if made is not None and made.id != aggregate.id:
            raise RequestIdReused
        return await super().add(aggregate, events, request=request)

    async def of_request(self, community_id: str, request_mark: str) -> ImportBatch | None:
        """See the port."""
        of_community = self._of(community_id)
        return next((each for each in of_community if each.request_mark == request_mark), None)

    async def latest_of_file(
        self, community_id: str, kind: Kind, file_mark: str
    ) -> ImportBatch | None:
        """See the port."""
        of_file = [
            each
            for each in self._of(community_id)
            if (each.kind, each.file.mark) == (kind, file_mark)
        ]
        return max(of_file, key=lambda batch: batch.attempt, default=None)

    async def of_file(self, community_id: str, file_id: str) -> ImportBatch | None:
        """See the port."""
        return next((each for each in self._of(community_id) if each.file.id == file_id), None)

    async def latest_applied(self, community_id: str, kind: Kind) -> ImportBatch | None:
        """See the port."""
        ended = [
            (each.ended_at, each)
            for each in self._of(community_id)
            if each.kind is kind and each.state is ImportState.APPLIED and each.ended_at
        ]
        return max(ended, key=lambda pair: pair[0])[1] if ended else None

    async def in_progress(self, community_id: str) -> list[ImportBatch]:
        """See the port."""
        return [each for each in self._of(community_id) if each.state in IN_PROGRESS]

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[ImportBatch]:
        """See the port."""
        listed = sorted(self._of(community_id), key=_place, reverse=True)
        rest = [each for each in listed if after is None or _place(each) < after]
        return Page(rest[:first], [_place(each) for each in rest[:first]], len(rest) > first)

    async def received_since(self, community_id: str, at: datetime) -> int:
        """See the port."""
        return sum(each.received_at >= at for each in self._of(community_id))

    async def with_work(self, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        waiting = [each for each in self.all if each.state in WORK_TO_DO]
        return sorted(waiting, key=lambda batch: batch.received_at)[:limit]

    async def with_leftovers(self, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        left = [each for each in self.all if each.state in ENDED and each.has_leftovers]
        return left[:limit]

    async def lapsed(self, received_before: datetime, *, limit: int) -> list[ImportBatch]:
        """See the port."""
        waiting = [each for each in self.all if each.state in NOT_ACCEPTED]
        return [each for each in waiting if each.received_at <= received_before][:limit]

    def _of(self, community_id: str) -> list[ImportBatch]:
        return [each for each in self.all if each.community_id == community_id]


class MemoryImportFiles:
    """Files in memory.

    Attributes:
        kept: the bytes of each file that is there.
    """

    def __init__(self, now: Now) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self._now = now
        self._unnamed_since: dict[tuple[str, str], datetime] = {}

    async def keep(
        self, community_id: str, file_id: str, pieces: AsyncIterator[bytes]
    ) -> ImportFile:
        """See the port."""
        whole = b"".join([piece async for piece in pieces])
        self.kept[community_id, file_id] = whole
        self._unnamed_since[community_id, file_id] = self._now()
        return ImportFile(file_id, hashlib.sha256(whole).hexdigest(), len(whole))

    async def read(self, community_id: str, file_id: str) -> bytes:
        """See the port."""
        if (community_id, file_id) not in self.kept:
            raise ImportFileGone
        return self.kept[community_id, file_id]

    async def drop(self, community_id: str, file_id: str) -> None:
        """See the port."""
        self.kept.pop((community_id, file_id), None)
        self._unnamed_since.pop((community_id, file_id), None)

    async def unnamed(self, since_before: datetime, *, limit: int) -> list[UnnamedFile]:
        """See the port; here a file comes whole or not at all."""
        found = [UnnamedFile(*of) for of, at in self._unnamed_since.items() if at < since_before]
        return found[:limit]

    async def named(self, community_id: str, file_id: str) -> None:
        """See the port."""
        self._unnamed_since.pop((community_id, file_id), None)


class MemoryImportRows:
    """What checks found, in memory."""

    def __init__(self) -> None:
        self._refused: dict[tuple[str, int, int], RefusedRow] = {}
        self._differing: dict[tuple[str, int, int], DifferingRow] = {}

    @property
    def all(self) -> list[RefusedRow | DifferingRow]:
        """Every row that is kept, of every run."""
        return [*self._refused.values(), *self._differing.values()]

    async def add_refused(
        self, batch: ImportBatch, rows: Sequence[RefusedRow], *, first_number: int
    ) -> None:
        """See the port."""
        for number, row in enumerate(rows, first_number):
            self._refused.setdefault((batch.id, batch.run, number), row)

    async def add_differing(
        self, batch: ImportBatch, rows: Sequence[DifferingRow], *, first_number: int
    ) -> None:
        """See the port."""
        for number, row in enumerate(rows, first_number):
            self._differing.setdefault((batch.id, batch.run, number), row)

    async def refused(
        self, batch: ImportBatch, *, first: int, after: Cursor | None
    ) -> RowPage[RefusedRow]:
        """See the port."""
        return _page(_of_run(self._refused, batch), first, after)

    async def differing(
        self, batch: ImportBatch, difference: Difference, *, first: int, after: Cursor | None
    ) -> RowPage[DifferingRow]:
        """See the port."""
        found = _of_run(self._differing, batch)
        alike = [(number, row) for number, row in found if row.difference is difference]
        return _page(alike, first, after)

    async def drop(self, batch: ImportBatch, *, keep_run: int | None = None) -> None:
        """See the port."""
        for kept in (self._refused, self._differing):
            for key in [key for key in kept if key[0] == batch.id and key[1] != keep_run]:
                del kept[key]


def _place(batch: ImportBatch) -> Cursor:
    return batch.received_at, batch.id


def _of_run(kept: dict[tuple[str, int, int], R], batch: ImportBatch) -> list[tuple[int, R]]:
    return [
        (number, row)
        for (batch_id, run, number), row in sorted(kept.items(), key=lambda item: item[0])
        if (batch_id, run) == (batch.id, batch.checked_run)
    ]


def _page(rows: list[tuple[int, R]], first: int, after: Cursor | None) -> RowPage[R]:
    rest = [(number, row) for number, row in rows if after is None or (number,) > after]
    return RowPage(
        items=[row for _, row in rest[:first]],
        cursors=[(number,) for number, _ in rest[:first]],
        has_next_page=len(rest) > first,
    )

"""What checks found, in MongoDB: a document a row.

`import_refused_rows` and `import_differing_rows` hold {_id, community_id, batch_id, run, number}
and the fields of the row; a run's documents are told apart from those of a former run.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from chassis.ids import derived_id
from chassis.mongo import Collection, Document, DuplicateKey, Index, Store

from residents.application.imports.ports import RowPage
from residents.application.ports import Cursor
from residents.domain.imports.batch import ImportBatch
from residents.domain.imports.rows import Difference, DifferingRow, RefusedRow

REFUSED = "import_refused_rows"
DIFFERING = "import_differing_rows"
_OF_RUN = (("community_id", 1), ("batch_id", 1), ("run", 1))
_AT_ONCE = 1000

INDEXES = (
    Index(collection=REFUSED, keys=(*_OF_RUN, ("number", 1))),
    Index(collection=DIFFERING, keys=(*_OF_RUN, ("difference", 1), ("number", 1))),
)

R = TypeVar("R", RefusedRow, DifferingRow)


class MongoImportRows:
    """The port `ImportRows`."""

    def __init__(self, store: Store) -> None:
        self._refused = store.collection(REFUSED)
        self._differing = store.collection(DIFFERING)

    async def add_refused(
        self, batch: ImportBatch, rows: Sequence[RefusedRow], *, first_number: int
    ) -> None:
        """See the port."""
        await self._add(self._refused, batch, rows, first_number)

    async def add_differing(
        self, batch: ImportBatch, rows: Sequence[DifferingRow], *, first_number: int
    ) -> None:
        """See the port."""
        await self._add(self._differing, batch, rows, first_number)

    async def refused(
        self, batch: ImportBatch, *, first: int, after: Cursor | None
    ) -> RowPage[RefusedRow]:
        """See the port."""
        return await _page(self._refused, RefusedRow, _shown(batch), first, after)

    async def differing(
        self, batch: ImportBatch, difference: Difference, *, first: int, after: Cursor | None
    ) -> RowPage[DifferingRow]:
        """See the port."""
        where = {**_shown(batch), "difference": difference.value}
        return await _page(self._differing, DifferingRow, where, first, after)

    async def drop(self, batch: ImportBatch, *, keep_run: int | None = None) -> None:
        """See the port."""
        where: Document = {"community_id": batch.community_id, "batch_id": batch.id}
        for run in range(1, batch.run + 1):
            if run != keep_run:
                await _delete(self._refused, {**where, "run": run})
                await _delete(self._differing, {**where, "run": run})

    async def _add(
        self,
        collection: Collection,
        batch: ImportBatch,
        rows: Sequence[Any],
        first_number: int,
    ) -> None:
        documents = [
            {
                "_id": derived_id("row", collection.name, batch.id, str(batch.run), str(number)),
                "community_id": batch.community_id,
                "batch_id": batch.id,
                "run": batch.run,
                "number": number,
                **msgspec.to_builtins(row),
            }
            for number, row in enumerate(rows, first_number)
        ]
        for start in range(0, len(documents), _AT_ONCE):
            try:
                await collection.insert_many(documents[start : start + _AT_ONCE])
            except DuplicateKey:
                continue  # this run wrote them already


def _shown(batch: ImportBatch) -> Document:
    run = batch.checked_run
    return {"community_id": batch.community_id, "batch_id": batch.id, "run": run}


async def _page(
    collection: Collection, kind: type[R], where: Document, first: int, after: Cursor | None
) -> RowPage[R]:
    if after is not None:
        where = {**where, "number": {"$gt": after[0]}}
    found = await collection.find(where, sort=(("number", 1),), limit=first + 1)
    return RowPage(
        items=[msgspec.convert(document, kind) for document in found[:first]],
        cursors=[(document["number"],) for document in found[:first]],
        has_next_page=len(found) > first,
    )


async def _delete(collection: Collection, where: Document) -> None:
    """A thousand at a time: one call for a million would outlast the store's time limit."""
    while found := await collection.find(where, fields={"_id": 1}, limit=_AT_ONCE):
        ids = [document["_id"] for document in found]
        await collection.delete_many({**where, "_id": {"$in": ids}})

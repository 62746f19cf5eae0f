"""Every query of imports is served by an index, without a sort in memory.

What is really asked is recorded, and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there it is asked only that it can be explained.
"""

from datetime import timedelta

import pytest
from chassis.mongo import Document, Store
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from residents.adapters.imports.mongo_import_batches import MongoImportBatches
from residents.adapters.imports.mongo_import_files import MongoImportFiles
from residents.adapters.imports.mongo_import_rows import MongoImportRows
from residents.domain.imports.batch import ImportBatch, ImportState, Kind
from residents.domain.imports.rows import Difference

from .examples import (
    AT,
    HERE,
    THERE,
    a_batch,
    differing_rows,
    pieces,
    refused_rows,
    running,
    shown,
)

BATCHES = 90


@pytest.fixture
async def plans(
    mongo_batches: MongoImportBatches, mongo_files: MongoImportFiles, mongo_rows: MongoImportRows
) -> list[Document]:
    """Two communities full of imports; from here on every read is explained."""
    recorded: list[Document] = []
    states = list(ImportState)
    for community_id in (HERE, THERE):
        for number in range(BATCHES):
            state = states[number % len(states)]
            mark = f"mark_{number % 30}"
            batch = a_batch(number, community_id=community_id, state=state, file_mark=mark)
            batch = await mongo_batches.add(batch)
            if state is ImportState.APPLIED and number > len(states):
                await mongo_batches.change(community_id, batch.id, ImportBatch.cleared)
            if number < 5:
                await mongo_rows.add_refused(running(batch, 1), refused_rows(30), first_number=0)
                await mongo_rows.add_differing(
                    running(batch, 1), differing_rows(90), first_number=0
                )
                file_id = f"file_{community_id}_{number}"
                await mongo_files.keep(community_id, file_id, pieces(b"x" * 3_000_000, 10**6))
    mongo_batches.collection = Recorded(mongo_batches.collection, recorded)
    mongo_files._files = Recorded(mongo_files._files, recorded)
    mongo_files._pieces = Recorded(mongo_files._pieces, recorded)
    mongo_rows._refused = Recorded(mongo_rows._refused, recorded)
    mongo_rows._differing = Recorded(mongo_rows._differing, recorded)
    return recorded


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(mongo)


async def test_every_read_of_batches_has_an_index(
    mongo_batches: MongoImportBatches, plans: list[Document], strictly: bool
) -> None:
    newest = await mongo_batches.newest_first(HERE, first=20, after=None)
    await mongo_batches.newest_first(HERE, first=20, after=newest.cursors[-1])
    await mongo_batches.get_many(HERE, [batch.id for batch in newest.items])
    await mongo_batches.of_request(HERE, "request_7")
    await mongo_batches.latest_of_file(HERE, Kind.RESIDENT_LEDGER, "mark_7")
    await mongo_batches.of_file(HERE, "file_7")
    await mongo_batches.latest_applied(HERE, Kind.RESIDENT_LEDGER)
    await mongo_batches.in_progress(HERE)
    await mongo_batches.with_work(limit=20)
    await mongo_batches.with_leftovers(limit=20)
    await mongo_batches.lapsed(AT + timedelta(minutes=9), limit=20)

    assert len(plans) == 11
    assert_indexed(plans, strictly=strictly)


async def test_every_read_of_rows_and_files_has_an_index(
    mongo_rows: MongoImportRows,
    mongo_files: MongoImportFiles,
    plans: list[Document],
    strictly: bool,
) -> None:
    batch = shown(a_batch(3), 1)
    page = await mongo_rows.refused(batch, first=10, after=None)
    await mongo_rows.refused(batch, first=10, after=page.cursors[-1])
    rows = await mongo_rows.differing(batch, Difference.NEW, first=10, after=None)
    await mongo_rows.differing(batch, Difference.NEW, first=10, after=rows.cursors[-1])
    await mongo_files.read(HERE, f"file_{HERE}_2")
    await mongo_files.unnamed(AT + timedelta(days=1), limit=20)
    await mongo_rows.drop(batch)

    assert len(plans) == 13
    assert_indexed(plans, strictly=strictly)

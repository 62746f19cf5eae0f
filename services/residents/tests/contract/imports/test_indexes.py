"""Every query of imports is served by an index, without a sort in memory.

What is really asked is recorded, and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there it is asked only that it can be explained.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from chassis.mongo import Collection, Document, Index, Sort, Store
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
KEYS_FOR_A_ROW = 10


class Recorded(Collection):
    """A collection that explains every read before it answers it."""

    def __init__(self, collection: Collection, plans: list[Document]) -> None:
        super().__init__(collection._driver)
        self.plans = plans

    async def find(
        self,
        where: Document,
        *,
        fields: Mapping[str, int] | None = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        self.plans.append(await self.explain_find(where, sort=sort, limit=limit))
        return await super().find(where, fields=fields, sort=sort, limit=limit)

    async def find_one(
        self, where: Document, *, fields: Mapping[str, int] | None = None, sort: Sort | None = None
    ) -> Document | None:
        self.plans.append(await self.explain_find(where, sort=sort, limit=1))
        return await super().find_one(where, fields=fields, sort=sort)


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
    probe = Index(collection="probe", keys=(("a", 1), ("b", 1)))
    await mongo.create_indexes([probe])
    await mongo.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await mongo.collection("probe").explain_find({"a": 1}, sort=(("b", -1),), limit=2)
    return "SORT" not in explained(plan)[0]


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
    assert_all_indexed(plans, strictly=strictly)


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
    assert_all_indexed(plans, strictly=strictly)


def assert_all_indexed(plans: list[Document], *, strictly: bool) -> None:
    for plan in plans:
        stages, examined, returned = explained(plan)
        if strictly:
            assert stages, plan
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            assert examined <= KEYS_FOR_A_ROW * max(returned, 1), plan


def explained(plan: Document) -> tuple[list[str], int, int]:
    """The stages of the winning plan, the keys examined, and the rows returned."""
    statistics = plan.get("executionStats", {})
    stages = list(_stages(plan.get("queryPlanner", {}).get("winningPlan", {})))
    return stages, statistics.get("totalKeysExamined", 0), statistics.get("nReturned", 0)


def _stages(plan: Mapping[str, Any]) -> Iterator[str]:
    if "stage" in plan:
        yield plan["stage"]
    for inner in (plan.get("inputStage"), *(plan.get("inputStages") or ())):
        if inner:
            yield from _stages(inner)

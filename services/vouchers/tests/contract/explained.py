"""What the store says of how it answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chassis.mongo import Collection, Document, Index, Sort, Store

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

    async def count(self, where: Document, *, limit: int = 0) -> int:
        # what the driver makes of count_documents
        pipeline = [{"$match": where}, {"$group": {"_id": 1, "n": {"$sum": 1}}}]
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().count(where, limit=limit)

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().aggregate(pipeline)


async def walks_sorted(store: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    probe = Index(collection="probe", keys=(("a", 1), ("b", 1)))
    await store.create_indexes([probe])
    await store.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await store.collection("probe").explain_find({"a": 1}, sort=(("b", -1),), limit=2)
    return "SORT" not in explained(plan)[0]


def check(plans: Sequence[Document], *, strictly: bool) -> None:
    """No scan, no sort in memory, and no more than ten keys for a row."""
    for plan in plans:
        stages, keys, rows = explained(plan)
        if strictly:
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            assert keys <= KEYS_FOR_A_ROW * max(rows, 1), plan


def explained(plan: Document) -> tuple[list[str], int, int]:
    """The stages, the keys examined and the rows that the index part returned."""
    if "stages" in plan:
        plan = plan["stages"][0]["$cursor"]
    stats = plan["executionStats"]
    stages = list(_stages_of(plan["queryPlanner"]["winningPlan"]))
    assert stages
    return stages, int(stats["totalKeysExamined"]), int(stats["nReturned"])


def _stages_of(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        if isinstance(plan.get("stage"), str):
            yield plan["stage"]
        for key, part in plan.items():
            if key != "rejectedPlans":
                yield from _stages_of(part)

"""What a store says of how it would answer."""

from collections.abc import Iterator, Sequence
from typing import Any

from chassis.mongo import Collection, Document, Sort

_KEYS_FOR_A_ROW = 10


class Recorded(Collection):
    """A collection that explains every read before it answers it."""

    def __init__(self, collection: Collection) -> None:
        super().__init__(collection._driver)
        self.plans: list[Document] = []

    async def find(
        self,
        where: Document,
        *,
        fields: Any = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        self.plans.append(await self.explain_find(where, sort=sort, limit=limit))
        return await super().find(where, fields=fields, sort=sort, limit=limit)

    async def find_one(
        self, where: Document, *, fields: Any = None, sort: Sort | None = None
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


def stages_of(plan: object) -> Iterator[str]:
    """The names of all stages of a winning plan."""
    if isinstance(plan, dict):
        if isinstance(plan.get("stage"), str):
            yield plan["stage"]
        for key, part in plan.items():
            if key != "rejectedPlans":
                yield from stages_of(part)
    elif isinstance(plan, list):
        for part in plan:
            yield from stages_of(part)


def explained(plan: Document) -> tuple[list[str], int, int]:
    """The stages, the keys examined and the rows that the index part returned."""
    if "stages" in plan:
        plan = plan["stages"][0]["$cursor"]
    stats = plan["executionStats"]
    return (
        list(stages_of(plan["queryPlanner"]["winningPlan"])),
        int(stats["totalKeysExamined"]),
        int(stats["nReturned"]),
    )


def check(plans: Sequence[Document], *, strictly: bool) -> None:
    assert plans
    for plan in plans:
        stages, keys, rows = explained(plan)
        assert stages
        if strictly:
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            assert keys <= _KEYS_FOR_A_ROW * max(rows, 1), plan

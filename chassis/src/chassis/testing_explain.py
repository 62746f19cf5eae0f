"""For tests: have the store explain how it answers, and hold that it walks an index.

plans: list[Document] = []
loaves.collection = Recorded(loaves.collection, plans)
await loaves.newest_first(bakery_id, first=5, after=None)
assert_indexed(plans, strictly=await walks_sorted(store))
"""

from collections.abc import Iterator, Mapping, Sequence

from chassis.mongo import Collection, Document, Index, Sort, Store

KEYS_FOR_A_ROW = 10
"""How many keys of an index a read may examine for each document that it finds."""

_UNINDEXED = ("COLLSCAN", "SORT")


class Recorded(Collection):
    """A collection that has every read explained before it answers it.

    Attributes:
        plans: what the store said, in the order of the reads; see `assert_indexed`.
    """

    def __init__(self, collection: Collection, plans: list[Document] | None = None) -> None:
        super().__init__(collection._driver)
        self.plans: list[Document] = [] if plans is None else plans

    async def find(
        self,
        where: Document,
        *,
        fields: Mapping[str, int] | None = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        """See `Collection.find`."""
        self.plans.append(await self.explain_find(where, sort=sort, limit=limit))
        return await super().find(where, fields=fields, sort=sort, limit=limit)

    async def find_one(
        self, where: Document, *, fields: Mapping[str, int] | None = None, sort: Sort | None = None
    ) -> Document | None:
        """See `Collection.find_one`."""
        self.plans.append(await self.explain_find(where, sort=sort, limit=1))
        return await super().find_one(where, fields=fields, sort=sort)

    async def count(self, where: Document, *, limit: int = 0) -> int:
        """See `Collection.count`."""
        # what the driver makes of count_documents
        bounded: list[Document] = [{"$limit": limit}] if limit else []
        pipeline = [{"$match": where}, *bounded, {"$group": {"_id": 1, "n": {"$sum": 1}}}]
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().count(where, limit=limit)

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        """See `Collection.aggregate`."""
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().aggregate(pipeline)


async def walks_sorted(store: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all.

    The simpler of the two embedded stores never does, and reads a whole collection where a
    condition goes beyond one index.
    """
    await store.create_indexes([Index(collection="probe", keys=(("a", 1), ("b", 1)))])
    probe = store.collection("probe")
    await probe.insert_many([{"_id": number, "a": 1, "b": number} for number in range(9)])
    plan = await probe.explain_find({"a": 1}, sort=(("b", -1),), limit=2)
    return "SORT" not in _walk_of(plan)[0]


def assert_indexed(plans: Sequence[Document], *, strictly: bool) -> None:
    """Hold that every read walked an index, near to what it found, and sorted nothing.

    Args:
        plans: what the store explained, at least one.
        strictly: false asks only that each names its stages, of a store that can no more;
            see `walks_sorted`.

    Raises: AssertionError for a collection scan, a sort in memory, or more than `KEYS_FOR_A_ROW`
        keys examined for a document found; it names which, and the plan.
    """
    if not plans:
        raise AssertionError("nothing was explained")
    for plan in plans:
        if fault := _fault_of(plan, strictly=strictly):
            raise AssertionError(f"{fault}: {plan}")


def _fault_of(plan: Document, *, strictly: bool) -> str | None:
    stages, keys_examined, found = _walk_of(plan)
    if not stages:
        return "no stage"
    if not strictly:
        return None
    if unindexed := next((stage for stage in _UNINDEXED if stage in stages), None):
        return unindexed
    if keys_examined > KEYS_FOR_A_ROW * max(found, 1):
        return f"{keys_examined} keys examined for {found} found"
    return None


def _walk_of(plan: Document) -> tuple[list[str], int, int]:
    """The stages, the keys examined and the documents found, before a pipeline works on them."""
    if "stages" in plan:
        plan = plan["stages"][0]["$cursor"]
    figures = plan["executionStats"]
    stages = list(_stages_of(plan["queryPlanner"]["winningPlan"]))
    return stages, int(figures["totalKeysExamined"]), int(figures["nReturned"])


def _stages_of(part: object) -> Iterator[str]:
    """The names of all stages, however they are nested."""
    if isinstance(part, dict):
        if isinstance(part.get("stage"), str):
            yield part["stage"]
        for inner in part.values():
            yield from _stages_of(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _stages_of(inner)

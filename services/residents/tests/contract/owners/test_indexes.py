"""Every query of the room is served by an index, without a sort in memory.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there of sorted lists only that they can be explained.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from chassis.mongo import Collection, Document, Index, Sort, Store
from residents.adapters.owners.mongo_owners import MongoOwners
from residents.adapters.owners.mongo_ownerships import MongoOwnerships
from residents.domain.owners.owner import (
    ALL_OWNERS,
    Owner,
    OwnerDescription,
    OwnerFacts,
    OwnerKind,
    OwnerMarks,
    ResidentLink,
)
from residents.domain.owners.ownership import Dwelling, Ownership, OwnershipList
from residents.domain.owners.periods import Holding, Period, Stake

from ...owners_office import COMMUNITY, ELSEWHERE, TODAY, OwnersOffice

DWELLINGS = 120
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

    async def count(self, where: Document, *, limit: int = 0) -> int:
        bounded: list[Document] = [{"$limit": limit}] if limit else []
        pipeline = [{"$match": where}, *bounded, {"$group": {"_id": 1, "n": {"$sum": 1}}}]
        self.plans.append(await self.explain_aggregate(pipeline))
        return await super().count(where, limit=limit)


@pytest.fixture
async def plans(in_mongo: OwnersOffice) -> list[Document]:
    """Two communities' dwellings and owners; from now on every read is explained."""
    office, at = in_mongo, in_mongo._now()
    assert isinstance(office.ownerships, MongoOwnerships)
    assert isinstance(office.owners, MongoOwners)
    for community_id in (COMMUNITY, ELSEWHERE):
        ownerships, owners = [], []
        for order in range(DWELLINGS):
            ids = sorted({f"owner_{order}", f"owner_{order // 2}"})
            holding = Holding.of([Stake(one, None) for one in ids], ",".join)
            period = Period(valid_from=TODAY, is_start_known=True, holding=holding, recorded_at=at)
            dwelling = Dwelling(f"h{order}", f"b{order % 12}", "e", f"{order:04d}")
            unknown = Ownership.unknown(
                f"o{community_id}{order}", community_id=community_id, dwelling=dwelling
            )
            known, _ = unknown.record(period, {}, edition=0, today=TODAY)
            if order % 20 == 0:
                known, _ = unknown.staged_with(period, {}, edition=1, visible=0)
            ownerships.append((known, ()))
            owners.append((_owner(community_id, order, at), ()))
        await office.ownerships.add_many(ownerships)
        await office.owners.add_many(owners)
    plans: list[Document] = []
    for store in (office.ownerships, office.owners):
        store.collection = Recorded(store.collection, plans)
    return plans


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    probe = Index(collection="probe", keys=(("a", 1), ("b", 1)))
    await mongo.create_indexes([probe])
    await mongo.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await mongo.collection("probe").explain_find({"a": 1}, sort=(("b", 1),), limit=2)
    return "SORT" not in explained(plan)[0]


async def test_every_list_of_dwellings_has_an_index(
    in_mongo: OwnersOffice, plans: list[Document], strictly: bool
) -> None:
    ownerships = in_mongo.ownerships
    for of in OwnershipList:
        page = await ownerships.of_list(COMMUNITY, of, first=10)
        await ownerships.of_list(COMMUNITY, of, first=10, after=page.cursors[-1])
    await ownerships.of_owner(COMMUNITY, "owner_7", first=10)
    await ownerships.ever_of_owner(COMMUNITY, "owner_7", first=10)
    assert len(await ownerships.of_building(COMMUNITY, "b3")) == 10
    assert len(await ownerships.of_owners(COMMUNITY, "owner_3,owner_7")) == 1

    assert len(plans) == 4 + 4
    check(plans, strictly=strictly)


async def test_every_other_look_at_dwellings_has_an_index(
    in_mongo: OwnersOffice, plans: list[Document]
) -> None:
    ownerships = in_mongo.ownerships
    assert await ownerships.count_of_list(COMMUNITY, OwnershipList.KNOWN) == DWELLINGS - 6
    assert await ownerships.owning_among(COMMUNITY, ["owner_7", "x"]) == {"owner_7"}
    await ownerships.settle(COMMUNITY, 1, limit=500)

    assert len(plans) == 3
    check(plans, strictly=True)


async def test_every_look_at_owners_has_an_index(
    in_mongo: OwnersOffice, plans: list[Document], strictly: bool
) -> None:
    owners = in_mongo.owners
    assert len(await owners.with_marks(COMMUNITY, ["mark_1", "mark_2", "x"])) == 2
    assert len(await owners.of_residents(COMMUNITY, ["resident_3"])) == 1
    assert await owners.has_any(COMMUNITY)
    assert await owners.count_of_list(COMMUNITY, ALL_OWNERS, edition=0) == DWELLINGS
    await owners.settle(COMMUNITY, 1, limit=500)
    check(plans, strictly=True)
    page = await owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=10)
    await owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=10, after=page.cursors[-1])

    assert len(plans) == 7 + 2
    check(plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(
    in_mongo: OwnersOffice, plans: list[Document]
) -> None:
    assert isinstance(in_mongo.ownerships, MongoOwnerships)
    await in_mongo.ownerships.collection.find({"dwelling.estate_id": "e", "version": 3})

    with pytest.raises(AssertionError):
        check(plans, strictly=True)


def check(plans: list[Document], *, strictly: bool) -> None:
    """Every plan walked an index, and looked at few keys more than it gave back."""
    assert plans
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


def _owner(community_id: str, order: int, at: Any) -> Owner:
    return Owner.described(
        f"owner_{community_id}{order}",
        community_id=community_id,
        person_key=f"person_{community_id}{order}",
        as_=OwnerDescription(
            kind=OwnerKind.PERSON,
            facts=OwnerFacts(name="王建国"),
            marks=OwnerMarks(identity=f"mark_{order}"),
        ),
        resident=ResidentLink(f"resident_{order}", f"person_{order}", lives_here=True),
        owns=True,
        from_edition=0,
        at=at,
    )

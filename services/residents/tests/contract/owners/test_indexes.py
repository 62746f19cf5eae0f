"""Every query of the room is served by an index, without a sort in memory.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there of sorted lists only that they can be explained.
"""

from typing import Any

import pytest
from chassis.mongo import Document, Store
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
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
    return await walks_sorted(mongo)


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
    assert_indexed(plans, strictly=strictly)


async def test_every_other_look_at_dwellings_has_an_index(
    in_mongo: OwnersOffice, plans: list[Document]
) -> None:
    ownerships = in_mongo.ownerships
    assert await ownerships.count_of_list(COMMUNITY, OwnershipList.KNOWN) == DWELLINGS - 6
    assert await ownerships.owning_among(COMMUNITY, ["owner_7", "x"]) == {"owner_7"}
    await ownerships.settle(COMMUNITY, 1, limit=500)

    assert len(plans) == 3
    assert_indexed(plans, strictly=True)


async def test_every_look_at_owners_has_an_index(
    in_mongo: OwnersOffice, plans: list[Document], strictly: bool
) -> None:
    owners = in_mongo.owners
    assert len(await owners.with_marks(COMMUNITY, ["mark_1", "mark_2", "x"])) == 2
    assert len(await owners.of_residents(COMMUNITY, ["resident_3"])) == 1
    assert await owners.has_any(COMMUNITY)
    assert await owners.count_of_list(COMMUNITY, ALL_OWNERS, edition=0) == DWELLINGS
    await owners.settle(COMMUNITY, 1, limit=500)
    assert_indexed(plans, strictly=True)
    page = await owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=10)
    await owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=10, after=page.cursors[-1])

    assert len(plans) == 7 + 2
    assert_indexed(plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(
    in_mongo: OwnersOffice, plans: list[Document]
) -> None:
    assert isinstance(in_mongo.ownerships, MongoOwnerships)
    await in_mongo.ownerships.collection.find({"dwelling.estate_id": "e", "version": 3})

    with pytest.raises(AssertionError, match="COLLSCAN"):
        assert_indexed(plans, strictly=True)


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

"""Every query of teams is served by an index, without a sort in memory.

What is really asked is recorded, and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there it is asked only that it can be explained.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from chassis.mongo import Collection, Document, Index, Sort, Store

from .conftest import InMongo
from .examples import COMMUNITY, ELSEWHERE, a_member, a_post, a_team, an_honour

TEAMS = 20
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


@pytest.fixture
async def plans(in_mongo: InMongo) -> list[Document]:
    """Two communities full of teams; from here on every read is explained."""
    recorded: list[Document] = []
    for community_id in (COMMUNITY, ELSEWHERE):
        for number in range(TEAMS):
            team = await in_mongo.teams.add(a_team(number, community_id=community_id))
            for name in ("田桂兰", "李守义", "王庆山"):
                member = await in_mongo.memberships.add(a_member(team, f"{name}{number % 7}"))
                await in_mongo.honours.add(an_honour(team, len(name) + number, member=member))
                if number % 2:
                    await in_mongo.memberships.change(
                        community_id, member.id, lambda m: m.appoint(a_post(m))
                    )
    for repository in (in_mongo.teams, in_mongo.memberships, in_mongo.honours):
        repository.collection = Recorded(repository.collection, recorded)
    return recorded


@pytest.fixture
async def strictly(in_mongo: InMongo) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await _walks_indexes(in_mongo.store)


async def _walks_indexes(store: Store) -> bool:
    probe = Index(collection="probe", keys=(("a", 1), ("b", 1)))
    await store.create_indexes([probe])
    await store.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await store.collection("probe").explain_find({"a": 1}, sort=(("b", -1),), limit=2)
    return "SORT" not in explained(plan)[0]


async def test_every_list_has_an_index(
    in_mongo: InMongo, plans: list[Document], strictly: bool
) -> None:
    team = a_team(3)
    teams = await in_mongo.teams.newest_first(COMMUNITY, first=5, after=None)
    await in_mongo.teams.newest_first(COMMUNITY, first=5, after=teams.cursors[-1])
    members = await in_mongo.memberships.of_team(COMMUNITY, team.id, first=1, after=None)
    await in_mongo.memberships.of_team(COMMUNITY, team.id, first=1, after=members.cursors[-1])
    posts = await in_mongo.memberships.with_posts(COMMUNITY, first=5, after=None)
    await in_mongo.memberships.with_posts(COMMUNITY, first=5, after=posts.cursors[-1])
    await in_mongo.memberships.of_people(COMMUNITY, [members.items[0].person_id])
    await in_mongo.honours.of_team(COMMUNITY, team.id, first=5, after=None)

    assert len(plans) == 8
    check(plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(
    in_mongo: InMongo, plans: list[Document], strictly: bool
) -> None:
    where = {"community_id": COMMUNITY, "kind": "red_social"}
    await in_mongo.memberships.collection.find(where, sort=(("kind", 1), ("created_at", 1)))

    with pytest.raises(AssertionError):
        check(plans, strictly=True)


def check(plans: list[Document], *, strictly: bool) -> None:
    for plan in plans:
        stages, keys, rows = explained(plan)
        if strictly:
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            assert keys <= KEYS_FOR_A_ROW * max(rows, 1), plan


def explained(plan: Document) -> tuple[list[str], int, int]:
    """The stages, the keys examined and the rows returned."""
    stats = plan["executionStats"]
    stages = list(_stages_of(plan["queryPlanner"]["winningPlan"]))
    assert stages
    return stages, int(stats["totalKeysExamined"]), int(stats["nReturned"])


def _stages_of(plan: Any) -> Iterator[str]:
    """The names of all stages of a winning plan."""
    if isinstance(plan, dict):
        if isinstance(plan.get("stage"), str):
            yield plan["stage"]
        for key, part in plan.items():
            if key != "rejectedPlans":
                yield from _stages_of(part)

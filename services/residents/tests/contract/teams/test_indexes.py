"""Every query of teams is served by an index, without a sort in memory.

What is really asked is recorded, and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there it is asked only that it can be explained.
"""

import pytest
from chassis.mongo import Document
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted

from .conftest import InMongo
from .examples import COMMUNITY, ELSEWHERE, a_member, a_post, a_team, an_honour

TEAMS = 20


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
    return await walks_sorted(in_mongo.store)


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
    assert_indexed(plans, strictly=strictly)


async def test_a_query_without_an_index_is_caught(
    in_mongo: InMongo, plans: list[Document], strictly: bool
) -> None:
    where = {"community_id": COMMUNITY, "kind": "red_social"}
    await in_mongo.memberships.collection.find(where, sort=(("kind", 1), ("created_at", 1)))

    with pytest.raises(AssertionError, match="SORT"):
        assert_indexed(plans, strictly=True)

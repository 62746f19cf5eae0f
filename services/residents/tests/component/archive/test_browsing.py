"""Reading the archive through the graph: four levels, search, masks, and another community."""

from typing import Any

from ...village import Village
from ..conftest import Person
from ..graph import Graph
from .documents import BROWSE, SEARCH, TAG

RESIDENT = "query Q($id: ID!) { resident(id: $id) { maskedName maskedPhone age tags } }"
ENTITIES = """
query E($them: [_Any!]!) {
  _entities(representations: $them) {
    ... on Estate { name } ... on Building { label } ... on Household { room }
    ... on Resident { maskedName }
  }
}
"""


async def search(graph: Graph, **by: str) -> list[Any]:
    found = await graph.ask(SEARCH, by=by, first=9, after=None)
    return [(node["maskedName"], node["household"]["door"]) for node in found["nodes"]]


async def test_four_levels_are_browsed_in_the_order_people_expect(
    as_clerk: Graph, village: Village
) -> None:
    estates = await as_clerk.ask(BROWSE)

    assert [(it["name"], it["kind"]) for it in estates] == [("东里", "OLD"), ("西苑", "NEW")]
    buildings = estates[0]["buildings"]["nodes"]
    assert [it["label"] for it in buildings] == ["2", "10"]
    doors = buildings[0]["households"]["nodes"]
    assert [it["door"] for it in doors] == ["2号楼1单元101", "2号楼1单元1001", "2号楼2单元101"]
    people = doors[0]["residents"]
    assert [(it["maskedName"], it["maskedPhone"], it["birthYear"]) for it in people] == [
        ("马*", "173****6812", 1950),
        ("马**", "138****1111", 1980),
    ]
    assert [it["household"]["id"] for it in people] == [doors[0]["id"]] * 2


async def test_people_are_found_and_stay_masked(as_clerk: Graph, village: Village) -> None:
    assert await search(as_clerk, name="小军") == [
        ("马**", "2号楼1单元101"), ("李**", "2号楼1单元1001"),
    ]  # fmt: skip
    assert await search(as_clerk, phone="6812") == [("马*", "2号楼1单元101")]
    assert await search(as_clerk, door="3-2-501") == [("王*", "3号楼2单元501")]
    assert await as_clerk.refusal(SEARCH, by={}, first=9, after=None) == "BAD_USER_INPUT"


async def test_tags_are_given_and_searched(as_clerk: Graph, village: Village) -> None:
    given = {"requestId": "t", "residentId": village.residents[3].id, "tag": "党员"}
    outcome = await as_clerk.ask(TAG, input=given)

    assert outcome["resident"]["tags"] == ["PARTY_MEMBER"]
    assert await search(as_clerk, tag="党员") == [("欧***", "10号楼1单元201")]


async def test_another_communitys_people_are_unknown(
    as_clerk: Graph, as_stranger: Graph, village: Village
) -> None:
    one = village.residents[0]
    assert await as_clerk.ask(RESIDENT, id=one.id)
    assert await as_stranger.ask(RESIDENT, id=one.id) is None
    assert await as_stranger.ask(BROWSE) == []
    assert await search(as_stranger, name="小军") == []

    them = [
        {"__typename": "Estate", "id": village.estates[0].id},
        {"__typename": "Building", "id": village.buildings[0].id},
        {"__typename": "Household", "id": village.households[0].id},
        {"__typename": "Resident", "id": one.id},
    ]
    assert all(await as_clerk.ask(ENTITIES, them=them))
    assert await as_stranger.ask(ENTITIES, them=them) == [None] * 4


async def test_nobody_reads_it_without_a_token(graph: Graph, village: Village) -> None:
    assert await graph.refusal(RESIDENT, id=village.residents[0].id) == "UNAUTHENTICATED"


async def test_the_secretary_reads_the_same(
    as_secretary: Graph, secretary: Person, village: Village
) -> None:
    assert len(await as_secretary.ask(BROWSE)) == 2

"""Every figure is as many as its rows, after any move, once the worker has heard of it."""

import asyncio
from typing import Any

from chassis.testing_waits import until

from ...village import Village
from ..conftest import Person
from ..graph import Graph
from .conftest import Books
from .documents import CHANGE, CORRECT, MOVE_IN, MOVE_OUT, POPULATION, rows

DAY = "2026-11-01"


async def figures(graph: Graph, community_id: str) -> dict[str, Any]:
    answered: dict[str, Any] = (await graph.ask(POPULATION, id=community_id))["population"]
    return answered


async def counted(graph: Graph, community_id: str) -> dict[str, int]:
    """The figures that moves change."""
    now = await figures(graph, community_id)
    elderly = now["elderly"]
    return {
        "residents": now["residents"]["value"],
        "vacantHouseholds": now["vacantHouseholds"]["value"],
        "elderly": elderly["numerator"],
        "unknown": elderly["excluded"][0]["count"],
    }


async def check_rows(graph: Graph, community_id: str) -> None:
    """Walk all pages of every figure and compare."""
    now = await figures(graph, community_id)
    for figure in ("estates", "oldEstates", "buildings", "households", "vacantHouseholds",
                   "residents"):  # fmt: skip
        found = await rows(graph, community_id, figure)
        assert len(set(found)) == len(found) == now[figure]["value"], figure
    elderly = now["elderly"]
    assert len(await rows(graph, community_id, "elderly")) == elderly["numerator"]
    left_out = await rows(graph, community_id, "elderly", "excludedRows")
    assert len(left_out) == elderly["excluded"][0]["count"]
    assert elderly["denominator"] == now["residents"]["value"] - len(left_out)
    assert len(await rows(graph, community_id, "area")) == now["households"]["value"]
    by_estate = now["byEstate"]
    assert sum(it["residents"]["value"] for it in by_estate) == now["residents"]["value"]


async def test_the_community_in_figures(
    as_secretary: Graph, secretary: Person, village: Village
) -> None:
    now = await figures(as_secretary, secretary.community_id)

    assert {name: now[name]["value"] for name in ("estates", "oldEstates", "buildings")} == {
        "estates": 2, "oldEstates": 1, "buildings": 3,
    }  # fmt: skip
    assert (now["households"]["value"], now["residents"]["value"]) == (6, 5)
    assert (now["elderly"]["numerator"], now["elderly"]["denominator"]) == (2, 4)
    assert now["elderly"]["excluded"] == [{"reason": "birth_date_unknown", "count": 1}]
    assert now["area"] == {"valueCm2": 5 * 650_000, "unknown": 1}
    await check_rows(as_secretary, secretary.community_id)


async def test_figures_follow_every_move(
    as_clerk: Graph, secretary: Person, village: Village
) -> None:
    community_id = secretary.community_id
    doors, people = village.households, village.residents
    await figures(as_clerk, community_id)

    new = {"name": "赵老", "birthDate": "1940-02-02", "householdId": doors[5].id, "since": DAY}
    entered = await as_clerk.ask(MOVE_IN, input={"requestId": "in", **new})
    assert entered["resident"]["household"]["door"] == "3号楼2单元502"
    expected = {"residents": 6, "vacantHouseholds": 0, "elderly": 3, "unknown": 1}
    await until(lambda: _are(as_clerk, community_id, expected), within_seconds=20)
    await check_rows(as_clerk, community_id)

    move = {"residentId": people[4].id, "householdId": doors[0].id, "movedOn": DAY}
    await as_clerk.ask(CHANGE, input={"requestId": "within", **move})
    expected |= {"vacantHouseholds": 1}
    await until(lambda: _are(as_clerk, community_id, expected), within_seconds=20)
    await check_rows(as_clerk, community_id)

    leave = {"residentId": people[2].id, "movedOn": DAY, "reason": "SOLD"}
    gone = await as_clerk.ask(MOVE_OUT, input={"requestId": "out", **leave})
    assert gone["resident"]["history"] == [{"until": DAY, "reason": "SOLD"}]
    expected = {"residents": 5, "vacantHouseholds": 2, "elderly": 3, "unknown": 0}
    await until(lambda: _are(as_clerk, community_id, expected), within_seconds=20)
    await check_rows(as_clerk, community_id)


async def _are(graph: Graph, community_id: str, expected: dict[str, int]) -> bool:
    return await counted(graph, community_id) == expected


async def test_a_correction_is_counted_when_it_is_answered(
    as_clerk: Graph, secretary: Person, village: Village
) -> None:
    before = await counted(as_clerk, secretary.community_id)
    better = {"residentId": village.residents[2].id, "birthDate": "1941-01-01"}

    outcome = await as_clerk.ask(CORRECT, input={"requestId": "c", **better})

    assert outcome["resident"]["birthYear"] == 1941
    after = await counted(as_clerk, secretary.community_id)
    assert (after["elderly"], after["unknown"]) == (before["elderly"] + 1, 0)


async def test_of_two_who_move_a_person_at_once_each_finds_one_home(
    as_clerk: Graph, as_secretary: Graph, secretary: Person, village: Village, books: Books
) -> None:
    one, doors = village.residents[0], village.households

    async def move(graph: Graph, request_id: str, to: str) -> Any:
        given = {"requestId": request_id, "residentId": one.id, "householdId": to, "movedOn": DAY}
        return await graph.ask(CHANGE, input=given)

    outcomes = await asyncio.gather(
        move(as_clerk, "a", doors[3].id), move(as_secretary, "b", doors[4].id)
    )

    assert {it["__typename"] for it in outcomes} == {"ChangeHouseholdSuccess"}
    kept = await books.rooms.archive.stores.residents.get(secretary.community_id, one.id)
    assert kept.home is not None
    assert kept.home.household_id in {doors[3].id, doors[4].id}
    first, _ = kept.history
    assert first.household_id == doors[0].id
    assert len(await rows(as_clerk, secretary.community_id, "residents")) == 5


async def test_of_two_who_enter_a_person_at_once_one_does(
    as_clerk: Graph, as_secretary: Graph, secretary: Person, village: Village
) -> None:
    async def enter(graph: Graph, request_id: str, to: str) -> Any:
        new = {"name": "赵新", "birthDate": "1990-01-01", "householdId": to}
        return await graph.ask(MOVE_IN, input={"requestId": request_id, **new})

    outcomes = await asyncio.gather(
        *(enter(as_clerk, f"a{n}", village.households[n].id) for n in range(3)),
        *(enter(as_secretary, f"b{n}", village.households[n].id) for n in range(3)),
    )

    assert sorted(it["__typename"] for it in outcomes) == [
        "MoveInSuccess", *["PersonAlreadyHere"] * 5,
    ]  # fmt: skip
    assert len(await rows(as_clerk, secretary.community_id, "residents")) == 6

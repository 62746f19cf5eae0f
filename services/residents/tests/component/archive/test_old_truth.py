"""While an import is written readers see the old truth, and after one write the new one."""

from datetime import date
from typing import Any

from chassis.testing_waits import until
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import marks_of
from residents.domain.archive.residents import StagedResident

from ...village import TODAY, Village, person
from ..conftest import Person
from ..graph import Graph
from .conftest import Books
from .documents import BROWSE, POPULATION, SEARCH, rows

AS_OF = date(2026, 11, 1)


async def everything(graph: Graph, community_id: str) -> Any:
    """All that the console shows of it."""
    population = (await graph.ask(POPULATION, id=community_id))["population"]
    found = [
        await graph.ask(SEARCH, by=by, first=9, after=None)
        for by in ({"name": "马曦"}, {"name": "马晞"}, {"name": "赵新"}, {"door": "3-2-502"})
    ]
    people = await rows(graph, community_id, "residents")
    del population["asOf"]
    return await graph.ask(BROWSE), population, found, people


async def test_an_import_is_seen_by_one_write(
    as_clerk: Graph, secretary: Person, village: Village, books: Books
) -> None:
    community_id, archive = secretary.community_id, books.rooms.archive
    before = await everything(as_clerk, community_id)

    edition = await archive.editions.begin(community_id, "import_1")
    more = Village(community_id, edition, village.keyed_hash)
    building = more.building(more.estate("南园"), "1")
    more.resident(more.household(building, "301"), person("赵新", None, date(1950, 1, 1)))
    await books.write(more)
    assert await everything(as_clerk, community_id) == before
    await archive.stores.residents.stage_all(
        community_id, {village.residents[0].id: (1, _moved(village, edition))}
    )
    assert await everything(as_clerk, community_id) == before
    await archive.editions.recount_all(community_id, edition)
    assert await everything(as_clerk, community_id) == before

    await archive.editions.flip(community_id, "import_1", AS_OF)
    flipped = await everything(as_clerk, community_id)
    await archive.editions.settle(community_id)

    async def settled() -> bool:
        # the worker hears of who moved, and of the door that is vacant no longer
        _, population, _, _ = await everything(as_clerk, community_id)
        return bool(population["vacantHouseholds"]["value"] == 0)

    await until(settled, within_seconds=20)
    after = await everything(as_clerk, community_id)
    assert flipped[3] == after[3] != before[3]
    assert flipped[2] == after[2]
    figures = after[1]
    assert figures["residents"]["value"] == 6
    assert figures["ledgerAsOf"] == AS_OF.isoformat()
    assert [it["name"] for it in after[0]] == ["东里", "南园", "西苑"]
    (moved,) = after[2][1]["nodes"]
    assert moved["household"]["door"] == "3号楼2单元502"


def _moved(village: Village, edition: int) -> StagedResident:
    """马曦 is called 马晞 and lives behind the vacant door."""
    facts = person("马晞", "17337406812", date(1950, 3, 1))
    marks = marks_of(facts, identity=None, today=TODAY, keyed_hash=village.keyed_hash)
    return StagedResident(
        edition=edition,
        home=Home.at(village.households[5], since=AS_OF),
        facts=facts,
        marks=marks.search,
        facts_mark=marks.facts,
        identity_mark=marks.identity,
        moved_on=AS_OF,
    )

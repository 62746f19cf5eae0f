"""Every query of the archive walks an index, and one of two that would not is caught.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there only the figures are asked of what it walks.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from chassis.mongo import Collection, Document, Index, Sort, Store
from chassis.testing import FrozenClock
from residents.adapters.archive.mongo_residents import MongoResidents
from residents.domain.archive import marks
from residents.domain.archive.editions import View

from ...village import COMMUNITY, KEYED_HASH, TODAY, Village, person
from .conftest import Stores
from .test_editions import staged

KEYS_FOR_A_ROW = 10
VIEW = View()


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
def large() -> Village:
    """Two estates of four buildings of twelve households of two."""
    village = Village()
    for estate in (village.estate("东里"), village.estate("西苑")):
        for label in range(1, 5):
            building = village.building(estate, str(label))
            for room in range(101, 113):
                household = village.household(building, str(room), vacant=room % 10 == 0)
                for number in range(2):
                    name = f"王{chr(0x4E00 + room)}{chr(0x4E00 + 40 * label + number)}"
                    born = date(1940 + 33 * number, 1, 1)
                    village.resident(
                        household, person(name, f"139{len(village.residents):08}", born)
                    )
    return village


@pytest.fixture
async def filled(mongo_stores: Stores, large: Village) -> Stores:
    await mongo_stores.fill(large)
    return mongo_stores


@pytest.fixture
def recorded(filled: Stores) -> list[Document]:
    plans: list[Document] = []
    for store in (
        filled.archives, filled.estates, filled.buildings, filled.households, filled.residents,
        filled.figures,
    ):  # fmt: skip
        store.collection = Recorded(store.collection, plans)  # type: ignore[union-attr]
    return plans


@pytest.fixture
async def walks_sorts(mongo: Store) -> bool:
    """Whether the store answers a sorted list from an index; its simplest build never does."""
    await mongo.create_indexes([Index(collection="probe", keys=(("a", 1), ("b", 1)))])
    await mongo.collection("probe").insert_many([{"_id": n, "a": 1, "b": n} for n in range(9)])
    plan = await mongo.collection("probe").explain_find({"a": 1}, sort=(("b", 1),), limit=2)
    return "SORT" not in list(_stages_of(plan["queryPlanner"]["winningPlan"]))


async def test_lists_walk_an_index(
    filled: Stores, large: Village, recorded: list[Document], walks_sorts: bool
) -> None:
    estate, building = large.estates[0], large.buildings[0]
    residents, households = filled.residents, filled.households

    await filled.estates.all_of(COMMUNITY, view=VIEW)
    await filled.buildings.all_of(COMMUNITY, view=VIEW)
    page = await filled.buildings.of_estate(estate, view=VIEW, first=2)
    await filled.buildings.of_estate(estate, view=VIEW, first=2, after=page.cursors[-1])
    doors = await households.of_building(building, view=VIEW, first=5)
    await households.of_building(building, view=VIEW, first=5, after=doors.cursors[-1])
    await households.of_building(building, view=VIEW, first=5, unit="1")
    for within in (None, [estate], [building]):
        for vacant in (None, True, False):
            found = await households.listed(
                COMMUNITY, view=VIEW, first=5, within=within, vacant=vacant
            )
            await households.listed(
                COMMUNITY, view=VIEW, first=5, within=within, vacant=vacant,
                after=found.cursors[-1],
            )  # fmt: skip
    one_mark = marks.name_mark(_name(large, 77), KEYED_HASH)
    for within in (None, [estate], [building]):
        for mark in (None, marks.elderly_mark(KEYED_HASH), one_mark):
            people = await residents.living(COMMUNITY, view=VIEW, first=5, within=within, mark=mark)
            if people.cursors:
                await residents.living(
                    COMMUNITY, view=VIEW, first=5, within=within, mark=mark,
                    after=people.cursors[-1],
                )  # fmt: skip
    await residents.moved_out(COMMUNITY, one_mark, view=VIEW, first=5)

    assert len(recorded) > 40
    check(recorded, strictly=walks_sorts)


async def test_looks_by_household_and_by_mark_walk_an_index(
    filled: Stores, large: Village, recorded: list[Document]
) -> None:
    ids = [household.id for household in large.households[:3]]
    known = [marks.name_mark(_name(large, number), KEYED_HASH) for number in range(3)]

    await filled.residents.of_households(COMMUNITY, ids, view=VIEW)
    await filled.residents.known_by(COMMUNITY, known, view=VIEW)
    await filled.figures.of_edition(COMMUNITY, 0)
    await filled.figures.as_of_before(TODAY, limit=10)

    assert len(recorded) == 4
    check(recorded, strictly=True)


async def test_what_an_import_does_walks_an_index(
    filled: Stores, large: Village, recorded: list[Document], now: FrozenClock, walks_sorts: bool
) -> None:
    unsettled = View(1, is_settled=False)
    await staged(filled, large, 1)
    mark = marks.elderly_mark(KEYED_HASH)

    await filled.residents.living(COMMUNITY, view=unsettled, first=5, mark=mark)
    await filled.residents.living(COMMUNITY, view=unsettled, first=5, within=[large.buildings[0]])
    await filled.residents.of_households(COMMUNITY, [large.households[5].id], view=unsettled)
    await filled.households.listed(COMMUNITY, view=unsettled, first=5, vacant=False)
    for store in (filled.estates, filled.households, filled.residents):
        await store.settle(COMMUNITY, 1)
        await store.unstage(COMMUNITY, 1)
    for imported in (filled.estates, filled.buildings, filled.households, filled.residents):
        await imported.delete_from(COMMUNITY, 7)

    assert len(recorded) > 15
    check(recorded, strictly=walks_sorts)


async def test_a_query_without_an_index_is_caught(filled: Stores, recorded: list[Document]) -> None:
    assert isinstance(filled.residents, MongoResidents)
    await filled.residents.collection.find({"community_id": COMMUNITY, "facts_mark": "x"})

    with pytest.raises(AssertionError):
        check(recorded, strictly=True)


def _name(village: Village, number: int) -> str:
    facts = village.residents[number].facts
    assert facts is not None
    return facts.name


def check(plans: Sequence[Document], *, strictly: bool) -> None:
    for plan in plans:
        stats = plan["executionStats"]
        stages = list(_stages_of(plan["queryPlanner"]["winningPlan"]))
        assert stages
        if strictly:
            assert "COLLSCAN" not in stages, plan
            assert "SORT" not in stages, plan
            most = KEYS_FOR_A_ROW * max(stats["nReturned"], 1)
            assert stats["totalKeysExamined"] <= most, plan


def _stages_of(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        if isinstance(plan.get("stage"), str):
            yield plan["stage"]
        for key, part in plan.items():
            if key != "rejectedPlans":
                yield from _stages_of(part)

"""Every query of the archive walks an index, and one of two that would not is caught.

What is really asked is recorded and the store itself explains it. The simpler of the two embedded
stores never walks an index for a sort; there only the figures are asked of what it walks.
"""

from datetime import date

import pytest
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from residents.adapters.archive.mongo_residents import MongoResidents
from residents.domain.archive import marks
from residents.domain.archive.editions import View

from ...village import COMMUNITY, KEYED_HASH, TODAY, Village, person
from .conftest import Stores
from .test_editions import staged

VIEW = View()


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
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(mongo)


async def test_lists_walk_an_index(
    filled: Stores, large: Village, recorded: list[Document], strictly: bool
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
    assert_indexed(recorded, strictly=strictly)


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
    assert_indexed(recorded, strictly=True)


async def test_what_an_import_does_walks_an_index(
    filled: Stores, large: Village, recorded: list[Document], now: FrozenClock, strictly: bool
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
    assert_indexed(recorded, strictly=strictly)


async def test_a_query_without_an_index_is_caught(filled: Stores, recorded: list[Document]) -> None:
    assert isinstance(filled.residents, MongoResidents)
    await filled.residents.collection.find({"community_id": COMMUNITY, "facts_mark": "x"})

    with pytest.raises(AssertionError, match=r"keys examined|COLLSCAN"):
        assert_indexed(recorded, strictly=True)


def _name(village: Village, number: int) -> str:
    facts = village.residents[number].facts
    assert facts is not None
    return facts.name

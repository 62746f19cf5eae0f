"""What counts is listed in the order people expect, by page, within a place and by mark."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from residents.application.archive.ports import PageOf
from residents.application.ports import Cursor
from residents.domain.archive import marks
from residents.domain.archive.editions import View
from residents.domain.archive.errors import ResidentNotFound

from ...village import COMMUNITY, ELSEWHERE, KEYED_HASH, Village
from .conftest import Stores, village_at

VIEW = View()


async def walked(
    listed: Callable[[Cursor | None], Awaitable[PageOf[Any]]],
) -> list[Any]:
    """Every item of a list, page by page."""
    found: list[Any] = []
    after: Cursor | None = None
    while True:
        page = await listed(after)
        found += page.items
        if not page.has_next_page:
            return found
        after = page.cursors[-1]


async def test_an_estates_buildings_come_by_number(stores: Stores, village: Village) -> None:
    east = village.estates[0]
    found = await walked(
        lambda after: stores.buildings.of_estate(east, view=VIEW, first=1, after=after)
    )

    assert [building.label for building in found] == ["2", "10"]


async def test_a_buildings_doors_come_by_unit_and_floor(stores: Stores, village: Village) -> None:
    two = village.buildings[0]
    found = await walked(
        lambda after: stores.households.of_building(two, view=VIEW, first=1, after=after)
    )
    of_unit = await stores.households.of_building(two, view=VIEW, first=9, unit="2")

    assert [(door.unit, door.room) for door in found] == [
        ("1", "101"), ("1", "1001"), ("2", "101"),
    ]  # fmt: skip
    assert [(door.unit, door.room) for door in of_unit.items] == [("2", "101")]


async def test_estates_are_listed_by_name_and_of_one_community(
    stores: Stores, village: Village
) -> None:
    assert [it.name for it in await stores.estates.all_of(COMMUNITY, view=VIEW)] == ["东里", "西苑"]
    assert await stores.estates.all_of(ELSEWHERE, view=VIEW) == []


@pytest.mark.parametrize("first", [1, 2, 9])
async def test_people_are_listed_by_their_doors(
    stores: Stores, village: Village, first: int
) -> None:
    found = await walked(
        lambda after: stores.residents.living(COMMUNITY, view=VIEW, first=first, after=after)
    )

    assert sorted(it.id for it in found) == sorted(it.id for it in village.residents)
    doors = [it.home.order_key for it in found]
    assert doors == sorted(doors)
    assert {it.facts.name for it in found if it.facts} >= {"马曦", "欧阳小红"}


@pytest.mark.parametrize("first", [1, 2, 9])
async def test_people_of_places_are_listed_place_by_place(
    stores: Stores, village: Village, first: int
) -> None:
    east, west = village.estates
    two = village.buildings[0]

    for within, count in (([west, east], 5), ([west], 1), ([two], 3), ([], 0)):
        found = await walked(
            lambda after, within=within: stores.residents.living(  # type: ignore[misc]
                COMMUNITY, view=VIEW, first=first, after=after, within=within
            )
        )
        assert len({it.id for it in found}) == len(found) == count


async def test_people_are_found_by_mark(stores: Stores, village: Village) -> None:
    async def names(mark: str) -> list[str]:
        page = await stores.residents.living(COMMUNITY, view=VIEW, first=9, mark=mark)
        return sorted(it.facts.name for it in page.items if it.facts)

    (pair,) = marks.name_pair_marks("小军", KEYED_HASH)
    assert await names(pair) == ["李小军", "马小军"]
    assert await names(marks.name_mark("马 曦", KEYED_HASH)) == ["马曦"]
    assert await names(marks.phone_end_mark("1111", KEYED_HASH)) == ["李小军", "马小军"]
    assert await names(marks.phone_mark("17337406812", KEYED_HASH)) == ["马曦"]
    assert await names(marks.elderly_mark(KEYED_HASH)) == ["王芳", "马曦"]
    assert await names(marks.age_unknown_mark(KEYED_HASH)) == ["李小军"]


async def test_a_household_lists_its_head_first(stores: Stores, village: Village) -> None:
    full, vacant = village.households[0].id, village.households[5].id

    found = await stores.residents.of_households(COMMUNITY, [vacant, full], view=VIEW)

    assert [it.facts.name for it in found[full] if it.facts] == ["马曦", "马小军"]
    assert found[vacant] == []


async def test_vacant_doors_are_listed_apart(stores: Stores, village: Village) -> None:
    vacant = await stores.households.listed(COMMUNITY, view=VIEW, first=9, vacant=True)
    others = await walked(
        lambda after: stores.households.listed(
            COMMUNITY, view=VIEW, first=2, after=after, vacant=False
        )
    )
    everything = await stores.households.listed(COMMUNITY, view=VIEW, first=9)

    assert [it.room for it in vacant.items] == ["502"]
    assert len(others) == 5
    assert len(everything.items) == 6


async def test_everybody_is_walked_without_their_facts(stores: Stores, village: Village) -> None:
    batches = [
        batch async for batch in stores.residents.all_living(COMMUNITY, view=VIEW, batch_size=2)
    ]

    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert all(it.facts is None and it.marks for batch in batches for it in batch)


async def test_whom_an_import_wrote_since_then_is_listed_without_facts(
    stores: Stores, village: Village
) -> None:
    """Whom a hand entered is of no edition, and read whole: the day of their marks is not known."""
    at, one = village_at(), village.residents[0]
    await stores.residents.add_all(
        [
            (
                msgspec.structs.replace(
                    one, id=f"resident_{name}", from_edition=1, created_at=when
                ),
                (),
            )
            for name, when in (("then", at), ("earlier", at - timedelta(milliseconds=1)))
        ]
    )
    await stores.residents.add(msgspec.structs.replace(one, id="resident_hand", created_at=at))

    async def known(aged_since: datetime | None) -> dict[str, bool]:
        page = await stores.residents.living(
            COMMUNITY, view=View(1), first=99, aged_since=aged_since
        )
        assert all(it.marks and it.home for it in page.items)
        return {it.id: it.facts is not None for it in page.items}

    everybody = await known(None)
    assert all(everybody.values())
    assert await known(at) == everybody | {"resident_then": False}


async def test_an_outline_tells_all_but_the_facts(stores: Stores, village: Village) -> None:
    one = await stores.residents.get(COMMUNITY, village.residents[0].id)

    found = await stores.residents.outlines(COMMUNITY, [one.id, "resident_nobody"])

    assert one.facts is not None
    assert found == [msgspec.structs.replace(one, facts=None), None]
    assert await stores.residents.outlines(ELSEWHERE, [one.id]) == [None]
    assert await stores.residents.get(COMMUNITY, one.id) == one


async def test_people_are_known_by_their_marks(stores: Stores, village: Village) -> None:
    identity = marks.identity_mark("1", KEYED_HASH)
    same = marks.name_mark("王芳", KEYED_HASH)

    found = await stores.residents.known_by(COMMUNITY, [identity, same, "nothing"], view=VIEW)

    assert sorted(it.facts.name for it in found if it.facts) == ["王芳", "马曦"]


async def test_another_communitys_resident_is_not_found(stores: Stores, village: Village) -> None:
    with pytest.raises(ResidentNotFound):
        await stores.residents.get(ELSEWHERE, village.residents[0].id)

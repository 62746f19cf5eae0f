"""Who may know who owns what, and in which words."""

from datetime import date

import pytest
from chassis.errors import Forbidden
from chassis.ids import derived_id
from residents.application.ports import Cursor
from residents.application.privacy.ports import PersonRef
from residents.domain.owners.owner import ALL_OWNERS, Residence
from residents.domain.owners.ownership import OwnershipList
from residents.domain.roles import Actor, Role

from ...owners_office import (
    COMMUNITY,
    EAST,
    ELSEWHERE,
    HALF,
    SPRING,
    OwnersOffice,
    actor,
    building_id,
    company,
    estate_id,
    household_id,
    number,
    order_of,
    person,
    requested,
)

WANG, LI = number("19800501"), number("19850708")
RESIDENT = actor(Role.RESIDENT, scope=())
SECRETARY = actor(Role.SECRETARY)
STEWARD = actor(Role.STEWARD, scope=(estate_id(SPRING),))
IN_2015 = date(2015, 1, 1)


@pytest.fixture
async def known(office: OwnersOffice) -> OwnersOffice:
    """101 is of Wang, who lives here, then of Wang and Li; 102 of Li; 103 of a company."""
    office.residents.move_in("王建国", WANG)
    wang = person("王建国", number=WANG, phone="13812345678")
    li = person("李秀英", number=LI)
    await office.record("101", (wang, None))
    await office.transfer("101", (wang, HALF), (li, HALF))
    await office.record("102", (li, None))
    await office.record("103", (company("华泰物业有限公司"), None))
    return office


async def test_owners_are_shown_masked(known: OwnersOffice) -> None:
    (found,) = await known.room.queries.owners_on(SECRETARY, [(household_id("101"), None)])

    assert found is not None
    shown = {stake.owner.name: stake.owner for stake in found.stakes}
    assert set(shown) == {"王**", "李**"}
    assert shown["王**"].phone == "138****5678"
    assert shown["王**"].residence is Residence.HERE
    assert shown["李**"].residence is Residence.ELSEWHERE
    assert (found.valid_from, found.until) == (date(2020, 5, 1), None)


async def test_a_day_before_anything_is_known_has_no_owners(known: OwnersOffice) -> None:
    assert await known.owners_on("101", date(2009, 1, 1)) is None
    assert await known.owners_on("104") is None


@pytest.mark.parametrize(
    "reader",
    [SECRETARY, actor(Role.CLERK), actor(Role.CLERK, scope=(estate_id(),)), STEWARD],
    ids=["secretary", "clerk", "clerk of the estate", "steward of the estate"],
)
async def test_who_reaches_the_estate_reads_it(known: OwnersOffice, reader: Actor) -> None:
    assert await known.owners_on("101", by=reader) == {"王**": "1/2", "李**": "1/2"}
    assert len(await known.room.queries.history(reader, household_id("101"))) == 2


@pytest.mark.parametrize(
    "reader",
    [
        actor(Role.STEWARD, scope=(estate_id(EAST),)),
        actor(Role.CLERK, scope=(estate_id(EAST),)),
        actor(Role.STEWARD, scope=()),
        RESIDENT,
        actor(Role.RESIDENT),
        actor(Role.SECRETARY, of=ELSEWHERE),
    ],
    ids=["steward beyond", "clerk beyond", "steward of nothing", "nobody", "any", "stranger"],
)
async def test_out_of_reach_is_as_unknown(known: OwnersOffice, reader: Actor) -> None:
    first = await known.owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=1)
    ids = [owner.id for owner in first.items]

    assert await known.owners_on("101", by=reader) is None
    assert await known.room.queries.history(reader, household_id("101")) == []
    assert await known.room.queries.owners_by_id(reader, ids) == [None]
    page = await known.room.queries.dwellings_of(reader, ids[0], first=10, after=None)
    assert page.items == []


@pytest.mark.parametrize("role", [Role.PARTNER, Role.MERCHANT, Role.AUDITOR])
async def test_some_roles_never_read_it(known: OwnersOffice, role: Role) -> None:
    with pytest.raises(Forbidden):
        await known.owners_on("101", by=actor(role))
    with pytest.raises(Forbidden):
        await known.room.queries.history(actor(role), household_id("101"))
    with pytest.raises(Forbidden):
        await known.room.queries.owners_by_id(actor(role), ["owner_1"])
    with pytest.raises(Forbidden):
        await known.room.queries.dwellings_of(actor(role), "owner_1", first=1, after=None)


async def test_a_resident_reads_what_they_own_and_owned(known: OwnersOffice) -> None:
    li = known.residents.move_in("李秀英", LI)
    await known.room.link_owners(COMMUNITY, li.resident_id)
    known.bindings.of[RESIDENT.account_id] = [li.resident_id]

    assert await known.owners_on("101", by=RESIDENT) == {"王**": "1/2", "李**": "1/2"}
    assert await known.owners_on("101", IN_2015, by=RESIDENT) is None
    assert await known.owners_on("102", by=RESIDENT) == {"李**": "1/1"}
    assert await known.owners_on("103", by=RESIDENT) is None
    history = await known.room.queries.history(RESIDENT, household_id("101"))
    assert [period.valid_from for period in history] == [date(2020, 5, 1)]


async def test_a_resident_reads_themselves_and_nobody_else(known: OwnersOffice) -> None:
    li = known.residents.move_in("李秀英", LI)
    await known.room.link_owners(COMMUNITY, li.resident_id)
    known.bindings.of[RESIDENT.account_id] = [li.resident_id]
    everybody = await known.owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=9)

    ids = [owner.id for owner in everybody.items]
    found = await known.room.queries.owners_by_id(RESIDENT, ids)

    assert [owner.name for owner in found if owner] == ["李**"]
    (own,) = [owner.id for owner in found if owner]
    page = await known.room.queries.dwellings_of(RESIDENT, own, first=9, after=None)
    assert [each.dwelling.household_id for each in page.items] == [
        household_id("101"),
        household_id("102"),
    ]


@pytest.mark.parametrize("estate", [SPRING, EAST])
@pytest.mark.parametrize("first", [1, 3, 4])
async def test_a_steward_pages_past_dwellings_out_of_reach(
    office: OwnersOffice, estate: str, first: int
) -> None:
    rooms = ("101", "102", "103", "104")
    wang = person("王建国", number=WANG)
    for one in (household_id(room, of) for of in (SPRING, EAST) for room in rooms):
        order = order_of(one, IN_2015, (wang, None))
        await office.room.record_ownership(SECRETARY, order, request=requested(one, order))
        await office.room.recount_owners.of_household(COMMUNITY, one)
    (owner,) = (await office.owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=9)).items
    steward = actor(Role.STEWARD, scope=(estate_id(estate),))
    listed: list[str] = []
    after: Cursor | None = None
    while True:
        page = await office.room.queries.dwellings_of(steward, owner.id, first=first, after=after)
        listed += [each.dwelling.household_id for each in page.items]
        if not page.has_next_page:
            break
        assert len(page.items) == len(page.cursors) == first
        after = page.cursors[-1]

    assert listed == [household_id(room, estate) for room in rooms]


async def test_an_owner_who_becomes_a_resident_is_told_of(known: OwnersOffice) -> None:
    li = known.residents.move_in("李秀英", LI)

    await known.room.link_owners(COMMUNITY, li.resident_id)
    await known.room.link_owners(COMMUNITY, li.resident_id)

    ownership = await known.ownerships.get(
        COMMUNITY, known.identities.ownership(household_id("102"))
    )
    assert list(ownership.people.values()) == [li.person_key]
    assert (await known.room.figures(SECRETARY)).by_residence[Residence.ELSEWHERE] == 0

    known.residents.move_in("李秀英", LI, lives_here=False)
    await known.room.link_owners(COMMUNITY, li.resident_id)
    assert (await known.room.figures(SECRETARY)).by_residence[Residence.ELSEWHERE] == 1


async def test_every_figure_is_the_number_of_its_rows(known: OwnersOffice) -> None:
    figures = await known.room.figures(SECRETARY)

    assert (figures.dwellings, figures.known, figures.co_owned, figures.owners) == (8, 3, 1, 3)
    assert figures.by_residence == {
        Residence.HERE: 1,
        Residence.ELSEWHERE: 1,
        Residence.NOT_A_PERSON: 1,
        Residence.NOT_COMPARABLE: 0,
    }
    for of, count in ((OwnershipList.KNOWN, 3), (OwnershipList.CO_OWNED, 1)):
        rows = await known.room.figures.dwelling_rows(SECRETARY, of, first=10, after=None)
        assert len(rows.items) == count
    for kind, count in ((ALL_OWNERS, 3), (Residence.ELSEWHERE.value, 1)):
        owners = await known.room.figures.owner_rows(SECRETARY, kind, first=10, after=None)
        assert len(owners.items) == count


@pytest.mark.parametrize(
    "reader", [STEWARD, RESIDENT, actor(Role.AUDITOR), actor(Role.CLERK, scope=(estate_id(),))]
)
async def test_figures_are_for_who_reads_of_all(known: OwnersOffice, reader: Actor) -> None:
    with pytest.raises(Forbidden):
        await known.room.figures(reader)
    with pytest.raises(Forbidden):
        await known.room.figures.dwelling_rows(reader, OwnershipList.KNOWN, first=1, after=None)
    with pytest.raises(Forbidden):
        await known.room.figures.owner_rows(reader, ALL_OWNERS, first=1, after=None)


async def test_distinct_sets_of_owners_with_their_areas(known: OwnersOffice) -> None:
    await known.record("104", (person("李秀英", number=LI), None), since=date(2021, 1, 1))

    now = await known.room.sets_of_owners.of_building(COMMUNITY, building_id(), on=date(2026, 1, 1))
    then = await known.room.sets_of_owners.of_building(COMMUNITY, building_id(), on=IN_2015)

    assert sorted((len(one.household_ids), one.area_cm2, one.without_area) for one in now) == [
        (1, 500_000, 0),
        (1, 500_000, 0),
        (2, 500_000, 1),
    ]
    assert len(then) == 3
    assert len({one.owners_mark for one in (*now, *then)}) == 4


async def test_a_person_gets_what_they_own_and_owned(known: OwnersOffice) -> None:
    await known.transfer("101", (person("赵敏"), None), since=date(2024, 1, 1))
    wang = derived_id("resident", WANG)
    ref = PersonRef(community_id=COMMUNITY, account_ids=(), resident_ids=(wang,), person_keys=())

    (told,) = await known.personal_data.of(ref)

    assert (told["name"], told["phone"]) == ("王建国", "13812345678")
    assert told["dwellings"] == [
        {"householdId": household_id("101"), "validFrom": "2010-05-01", "share": "1/1"},
        {"householdId": household_id("101"), "validFrom": "2020-05-01", "share": "1/2"},
    ]

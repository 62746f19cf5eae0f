"""Who sees which place and which person, and finds whom."""

from typing import Any

import pytest
from chassis.errors import BadUserInput, Forbidden, RateLimited
from residents.application.archive.search import SearchBy
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.people import coded_tags
from residents.domain.roles import Actor, Role, RoleGrant

from ...village import COMMUNITY, ELSEWHERE, Village
from .office import CLERK, PHONE_SEARCHES, Office, actor, asked

RESIDENT = actor(Role.RESIDENT, scope=(), account_id="account_r")


def actor_of(*held: RoleGrant) -> Actor:
    return Actor("account_1", COMMUNITY, "session_1", held)


def names(found: Any) -> list[str]:
    return [it.facts.name for it in found.items if it.facts]


async def search(office: Office, who: Actor, **by: str) -> list[str]:
    return names(await office.archive.search(who, SearchBy(**by), first=99, after=None))


async def seen_residents(office: Office, village: Village, who: Actor) -> list[bool]:
    ids = [it.id for it in village.residents]
    return [it is not None for it in await office.archive.browse.residents_by_id(who, ids)]


async def seen_households(office: Office, village: Village, who: Actor) -> list[bool]:
    ids = [it.id for it in village.households]
    return [it is not None for it in await office.archive.browse.households_by_id(who, ids)]


async def test_the_office_sees_everybody(office: Office, village: Village) -> None:
    assert all(await seen_residents(office, village, CLERK))
    assert all(await seen_households(office, village, CLERK))


async def test_a_steward_sees_the_people_of_their_estates(office: Office, village: Village) -> None:
    steward = actor(Role.STEWARD, scope=[village.estates[1].id])

    assert await seen_residents(office, village, steward) == [False] * 4 + [True]
    assert await seen_households(office, village, steward) == [False] * 4 + [True] * 2
    assert await search(office, steward, name="小军") == []
    assert await search(office, steward, name="王芳") == ["王芳"]
    page = await office.archive.browse.households_of(
        steward, village.buildings[0], unit=None, first=9, after=None
    )
    assert page is None


async def test_a_resident_sees_their_own_household_alone(office: Office, village: Village) -> None:
    assert not any(await seen_residents(office, village, RESIDENT))
    office.bindings.of["account_r"] = [village.residents[0].id]

    assert await seen_residents(office, village, RESIDENT) == [True, True, False, False, False]
    assert await seen_households(office, village, RESIDENT) == [True] + [False] * 5
    own = await office.archive.browse.own_households(RESIDENT)
    assert [it.id for it in own] == [village.households[0].id]
    people = await office.archive.browse.residents_of(
        RESIDENT, [village.households[1].id, village.households[0].id]
    )
    assert [len(each) for each in people] == [0, 2]


@pytest.mark.parametrize("role", [Role.STEWARD, Role.CLERK, Role.SECRETARY])
async def test_only_residents_are_told_of_households_of_their_own(
    office: Office, role: Role
) -> None:
    with pytest.raises(Forbidden):
        await office.archive.browse.own_households(actor(role))


async def test_estates_and_buildings_are_known_to_neighbours_and_no_one_else(
    office: Office, village: Village
) -> None:
    estates = await office.archive.browse.all_estates(RESIDENT)
    buildings = await office.archive.browse.buildings_of(RESIDENT, [it.id for it in estates])

    assert [it.name for it in estates] == ["东里", "西苑"]
    assert [[it.label for it in each] for each in buildings] == [["2", "10"], ["3"]]
    for role in (Role.MERCHANT, Role.PARTNER, Role.AUDITOR):
        with pytest.raises(Forbidden):
            await office.archive.browse.all_estates(actor(role))
        with pytest.raises(Forbidden):
            await seen_residents(office, village, actor(role))


async def test_tags_and_history_are_the_offices_of_the_estate(
    office: Office, village: Village
) -> None:
    browse, one = office.archive.browse, village.residents[0]
    elsewhere = actor(Role.CLERK, scope=[village.estates[1].id])

    assert (browse.tags_of(CLERK, one), browse.history_of(CLERK, one)) == ((), ())
    assert (browse.tags_of(elsewhere, one), browse.history_of(elsewhere, one)) == (None, None)
    for who in (actor(Role.STEWARD), RESIDENT):
        with pytest.raises(Forbidden):
            browse.tags_of(who, one)
        with pytest.raises(Forbidden):
            browse.history_of(who, one)
    with pytest.raises(Forbidden):
        await browse.households_of(RESIDENT, village.buildings[0], unit=None, first=9, after=None)


async def test_another_communitys_clerk_sees_nobody(office: Office, village: Village) -> None:
    stranger = actor(Role.CLERK, community_id=ELSEWHERE)

    assert not any(await seen_residents(office, village, stranger))
    assert not any(await seen_households(office, village, stranger))
    assert await search(office, stranger, name="小军") == []


@pytest.mark.parametrize("door", ["2-1-101", "2号楼1单元101", "２号楼一单元101室"])
async def test_people_are_found_by_their_door(office: Office, village: Village, door: str) -> None:
    assert await search(office, CLERK, door=door) == ["马曦", "马小军"]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"name": "小军"}, ["马小军", "李小军"]),
        ({"name": "欧阳小红"}, ["欧阳小红"]),
        ({"name": "阳小"}, ["欧阳小红"]),
        ({"name": "欧阳小"}, []),
        ({"phone": "1111"}, ["马小军", "李小军"]),
        ({"phone": "0411-83712345"}, ["王芳"]),
        ({"phone": "139 0000 1111"}, ["李小军"]),
        ({"door": "2-1-999"}, []),
    ],
)
async def test_people_are_found_by_what_is_asked(
    office: Office, village: Village, by: dict[str, str], found: list[str]
) -> None:
    assert await search(office, CLERK, **by) == found


@pytest.mark.parametrize(
    "by",
    [
        {},
        {"name": " "},
        {"name": "马曦", "phone": "1111"},
        {"phone": "111"},
        {"phone": "电话"},
        {"door": "不知道"},
    ],
)
async def test_what_cannot_be_searched_by_is_refused(office: Office, by: dict[str, str]) -> None:
    with pytest.raises(BadUserInput) as refused:
        await search(office, CLERK, **by)

    assert refused.value.message.endswith("。")


async def test_tags_are_searched_by_the_office_alone(office: Office, village: Village) -> None:
    one = village.residents[3]
    await office.archive.tag_resident.add(CLERK, resident_id=one.id, tag="独居", request=asked())

    assert await search(office, CLERK, tag="LIVING_ALONE") == ["欧阳小红"]
    with pytest.raises(Forbidden):
        await search(office, actor(Role.STEWARD), tag="LIVING_ALONE")
    await office.archive.tag_resident.remove(CLERK, resident_id=one.id, tag="独居", request=asked())
    assert await search(office, CLERK, tag="独居") == []


async def test_a_search_goes_on_page_by_page(office: Office, village: Village) -> None:
    first = await office.archive.search(CLERK, SearchBy(name="小军"), first=1, after=None)
    second = await office.archive.search(
        CLERK, SearchBy(name="小军"), first=1, after=first.cursors[-1]
    )
    by_door = await office.archive.search(CLERK, SearchBy(door="2-1-101"), first=1, after=None)
    rest = await office.archive.search(
        CLERK, SearchBy(door="2-1-101"), first=1, after=by_door.cursors[-1]
    )

    assert (names(first), first.has_next_page) == (["马小军"], True)
    assert (names(second), second.has_next_page) == (["李小军"], False)
    assert (names(by_door), names(rest), rest.has_next_page) == (["马曦"], ["马小军"], False)


async def test_who_moved_out_is_found_by_the_whole_communitys_office(
    office: Office, village: Village
) -> None:
    await office.archive.move_out(
        CLERK, resident_id=village.residents[2].id, on=office.today, reason=MoveReason.SOLD,
        request=asked(),
    )  # fmt: skip

    async def gone(who: Actor) -> list[str]:
        return names(
            await office.archive.search(
                who, SearchBy(name="小军"), first=9, after=None, moved_out=True
            )
        )

    assert await search(office, CLERK, name="小军") == ["马小军"]
    assert await gone(CLERK) == ["李小军"]
    assert await gone(actor(Role.CLERK, scope=[village.estates[0].id])) == []
    assert await gone(actor(Role.STEWARD)) == []


async def test_a_door_is_found_by_who_wants_to_say_that_they_live_there(
    office: Office, village: Village
) -> None:
    async def find(who: Actor, building: str, room: str, unit: str | None = "1") -> str | None:
        found = await office.archive.browse.find_household(
            who, estate_id=village.estates[0].id, building=building, unit=unit, room=room
        )
        return found.id if found else None

    assert await find(RESIDENT, "2", "101") == village.households[0].id
    assert await find(RESIDENT, "2", "102") is None
    assert await find(actor(Role.RESIDENT, community_id=ELSEWHERE), "2", "101") is None


async def test_tags_are_kept_by_their_codes() -> None:
    assert coded_tags(["党员", " 党员 ", "合唱团"]) == ("PARTY_MEMBER", "合唱团")


async def test_another_role_does_not_widen_a_search_by_tag(
    office: Office, village: Village
) -> None:
    old, new = village.estates
    one = village.residents[3]
    assert one.home is not None
    home, other = (old, new) if one.home.estate_id == old.id else (new, old)
    await office.archive.tag_resident.add(CLERK, resident_id=one.id, tag="独居", request=asked())

    for scope in ((home.id,), None):
        mixed = actor_of(RoleGrant(Role.CLERK, (other.id,)), RoleGrant(Role.STEWARD, scope))
        assert await search(office, mixed, name="欧阳小红") == ["欧阳小红"]
        assert await search(office, mixed, tag="LIVING_ALONE") == []
    keeper = actor_of(RoleGrant(Role.CLERK, (home.id,)))
    assert await search(office, keeper, tag="LIVING_ALONE") == ["欧阳小红"]


@pytest.mark.parametrize("scoped", [True, False])
async def test_a_steward_guesses_no_hidden_digits(
    office: Office, village: Village, scoped: bool
) -> None:
    estates = [village.estates[0].id] if scoped else None
    steward = actor(Role.STEWARD, scope=estates)

    assert await search(office, steward, phone="1111") == ["马小军", "李小军"]
    for phone in ("13800001111", "138 0000 1111", "13800002222"):
        with pytest.raises(Forbidden):
            await search(office, steward, phone=phone)
    assert office.phone_searches.writes == 0


async def test_being_clerk_elsewhere_gives_a_steward_no_whole_numbers(
    office: Office, village: Village
) -> None:
    old, new = village.estates
    mixed = actor_of(RoleGrant(Role.CLERK, (new.id,)), RoleGrant(Role.STEWARD, (old.id,)))

    assert await search(office, mixed, phone="0411-83712345") == ["王芳"]
    assert await search(office, mixed, phone="13800001111") == []


async def test_an_account_searches_by_so_many_whole_numbers_an_hour(
    office: Office, village: Village
) -> None:
    for number in range(PHONE_SEARCHES):
        for _ in range(2):
            await search(office, CLERK, phone=f"1380000111{number}")
    counted = office.phone_searches.all

    for moved_out in (False, True):
        with pytest.raises(RateLimited) as refused:
            await office.archive.search(
                CLERK, SearchBy(phone="13900001111"), first=9, after=None, moved_out=moved_out
            )
        assert (refused.value.code, refused.value.message[-1]) == ("RATE_LIMITED", "。")
    assert office.phone_searches.all == counted
    assert "1380000111" not in str(counted)

    assert await search(office, CLERK, phone="1111") == ["马小军", "李小军"]
    another = actor(Role.CLERK, account_id="account_2")
    assert await search(office, another, phone="13900001111") == ["李小军"]
    office.now.advance(hours=1)
    assert await search(office, CLERK, phone="13900001111") == ["李小军"]

"""The memory and the real stores of teams answer alike."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from residents.application.ports import Cursor
from residents.application.teams.ports import PageOf
from residents.domain.teams.errors import HonourNotFound, MemberNotFound, TeamNotFound

from .conftest import Stores
from .examples import AT, COMMUNITY, ELSEWHERE, a_member, a_post, a_team, an_honour

A = TypeVar("A")


async def every(read: Callable[[Cursor | None], Awaitable[PageOf[A]]]) -> list[A]:
    """Every item, two a page."""
    items: list[A] = []
    after: Cursor | None = None
    while True:
        page = await read(after)
        assert len(page.items) <= 2
        items += page.items
        if not page.has_next_page:
            return items
        after = page.cursors[-1]


async def test_what_was_stored_is_read_again(stores: Stores) -> None:
    team = await stores.teams.add(a_team())
    member = await stores.memberships.add(a_member(team, "田桂兰"))
    appointed = await stores.memberships.change(
        COMMUNITY, member.id, lambda m: m.appoint(a_post(m))
    )
    honour = await stores.honours.add(an_honour(team, 1, member=member))

    assert await stores.teams.get(COMMUNITY, team.id) == team
    assert await stores.memberships.get(COMMUNITY, member.id) == appointed
    assert await stores.honours.get(COMMUNITY, honour.id) == honour


async def test_anothers_is_not_found(stores: Stores) -> None:
    team = await stores.teams.add(a_team())
    member = await stores.memberships.add(a_member(team, "田桂兰"))
    honour = await stores.honours.add(an_honour(team, 1))

    with pytest.raises(TeamNotFound):
        await stores.teams.get(ELSEWHERE, team.id)
    with pytest.raises(MemberNotFound):
        await stores.memberships.get(ELSEWHERE, member.id)
    with pytest.raises(HonourNotFound):
        await stores.honours.get(ELSEWHERE, honour.id)
    assert await stores.memberships.of_people(ELSEWHERE, [member.person_id]) == []


async def test_teams_come_newest_first(stores: Stores) -> None:
    made = [await stores.teams.add(a_team(number)) for number in range(5)]
    await stores.teams.add(a_team(community_id=ELSEWHERE))
    listed = await every(lambda after: stores.teams.newest_first(COMMUNITY, first=2, after=after))

    assert listed == made[::-1]


async def test_a_teams_members_come_in_an_order_that_stays(stores: Stores) -> None:
    team, other = await stores.teams.add(a_team()), await stores.teams.add(a_team(1))
    made = {
        (await stores.memberships.add(a_member(team, f"成员{number}"))).id for number in range(5)
    }
    await stores.memberships.add(a_member(other, "成员0"))

    async def listed() -> list[str]:
        found = await every(
            lambda after: stores.memberships.of_team(COMMUNITY, team.id, first=2, after=after)
        )
        return [each.id for each in found]

    assert set(await listed()) == made
    assert await listed() == await listed()


async def test_who_has_posts_comes_with_all_of_them_side_by_side(stores: Stores) -> None:
    teams = [await stores.teams.add(a_team(number)) for number in range(3)]
    for name in ("田桂兰", "李守义", "王庆山"):
        for team in teams:
            member = await stores.memberships.add(a_member(team, name))
            if team is not teams[2]:
                await stores.memberships.change(
                    COMMUNITY, member.id, lambda m: m.appoint(a_post(m))
                )
    found = await every(
        lambda after: stores.memberships.with_posts(COMMUNITY, first=2, after=after)
    )
    people = [each.person_id for each in found]

    assert len(found) == 6
    assert people == sorted(people)


async def test_everything_that_people_are_in(stores: Stores) -> None:
    teams = [await stores.teams.add(a_team(number)) for number in range(2)]
    made = [await stores.memberships.add(a_member(team, "田桂兰")) for team in teams]
    await stores.memberships.add(a_member(teams[0], "李守义"))
    found = await stores.memberships.of_people(COMMUNITY, [made[0].person_id, "person_x"])

    assert {each.id for each in found} == {each.id for each in made}


async def test_honours_come_latest_first(stores: Stores) -> None:
    team = await stores.teams.add(a_team())
    made = [await stores.honours.add(an_honour(team, number)) for number in range(5)]
    await stores.honours.add(an_honour(await stores.teams.add(a_team(1)), 9))
    listed = await every(
        lambda after: stores.honours.of_team(COMMUNITY, team.id, first=2, after=after)
    )

    assert listed == made[::-1]


async def test_a_withdrawn_honour_keeps_its_reason(stores: Stores) -> None:
    honour = await stores.honours.add(an_honour(await stores.teams.add(a_team()), 1))
    await stores.honours.change(COMMUNITY, honour.id, lambda h: h.withdraw("录入有误", AT))

    assert (await stores.honours.get(COMMUNITY, honour.id)).withdrawal_reason == "录入有误"

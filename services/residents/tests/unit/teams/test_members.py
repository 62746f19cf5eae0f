"""Who is in a team on a day; joining, leaving, coming back."""

import pytest
from chassis.errors import Forbidden, RequestIdReused
from residents.application.teams.add_member import NewMember
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.errors import AccountNotFound, NameInvalid, ResidentsError
from residents.domain.roles import Role
from residents.domain.teams.errors import (
    BirthDateImpossible,
    MemberNotFound,
    MembershipOverlaps,
    NotAMemberThen,
    PersonNotNamed,
    TeamDissolved,
    TeamNotFound,
    TermEndsBeforeItBegins,
    TooManyTerms,
)
from residents.domain.teams.membership import MOST_TERMS
from residents.domain.teams.person import NamedPerson
from residents.domain.teams.posts import TeamKind
from residents.domain.teams.team import Team

from .town import FOUNDED, Town, actor, day


async def members_on(town: Town, team: Team, text: str) -> list[str]:
    page = await town.room.queries.members(
        town.secretary, team.id, day(text), first=100, after=None
    )
    return sorted(shown.name or "" for shown in page.items)


async def test_who_was_in_the_team_on_a_day(town: Town) -> None:
    team = await town.team()
    await town.joined(team, account_id=await town.account("周晓彤"), on="03-01")
    await town.joined(team, name="许文静", on="01-01", until="02-28")

    assert await members_on(town, team, "02-28") == ["许**"]
    assert await members_on(town, team, "03-01") == ["周晓彤"]
    assert await members_on(town, team, "2025-12-31") == []


async def test_who_left_may_come_back_and_the_gap_is_remembered(town: Town) -> None:
    team = await town.team()
    member = await town.joined(team, name="许文静", on="01-01")
    left = await town.room.end_membership(
        town.secretary, member.id, on=day("04-30"), request=town.request()
    )
    again = await town.joined(team, name="许文静", on="09-01")

    assert again.id == member.id
    assert len(left.spells) == 1
    assert [len(await members_on(town, team, d)) for d in ("04-30", "05-01", "09-01")] == [1, 0, 1]


async def test_a_resident_is_masked_and_staff_are_not(town: Town) -> None:
    team = await town.team(TeamKind.RED_SOCIAL, "合唱团")
    await town.joined(team, resident_id=town.resident("田桂兰"))
    await town.joined(team, account_id=await town.account("何雪婷"))

    assert await members_on(town, team, "06-01") == ["何雪婷", "田**"]


async def test_the_same_person_twice_at_a_time_is_refused(town: Town) -> None:
    team = await town.team()
    account = await town.account("周晓彤")
    await town.joined(team, account_id=account, on="03-01")
    before = town.writes

    with pytest.raises(MembershipOverlaps):
        await town.joined(team, account_id=account, on="01-01", until="03-01")

    assert await members_on(town, team, "02-01") == []
    assert town.writes == before


async def test_a_stranger_is_the_same_person_by_name_and_birth_date(town: Town) -> None:
    team = await town.team()
    await town.joined(team, name="熊立秋", born=day("1979-01-01"))

    with pytest.raises(MembershipOverlaps):
        await town.joined(team, name="熊立秋", born=day("1979-01-01"))
    await town.joined(team, name="熊立秋", born=day("1980-01-01"))

    assert await members_on(town, team, "06-01") == ["熊**", "熊**"]


async def test_a_repeat_of_the_request_changes_nothing(town: Town) -> None:
    team = await town.team()
    request = town.request("once", name="许文静")
    first = await town.joined(team, name="许文静", request=request)
    again = await town.joined(team, name="许文静", request=request)

    assert again == first
    with pytest.raises(RequestIdReused):
        await town.joined(team, name="许文静", request=town.request("once", name="另一人"))


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, PersonNotNamed),
        ({"name": "许文静", "account_id": "account_1"}, PersonNotNamed),
        ({"name": "  "}, NameInvalid),
        ({"name": "许文静", "born": day("2027-01-01")}, BirthDateImpossible),
        ({"name": "许文静", "born": day("1850-01-01")}, BirthDateImpossible),
        ({"name": "许文静", "on": "03-02", "until": "03-01"}, TermEndsBeforeItBegins),
        ({"name": "许文静", "on": "2021-06-30"}, TeamDissolved),
        ({"account_id": "account_x"}, AccountNotFound),
        ({"resident_id": "resident_x"}, ResidentNotFound),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_changes(
    town: Town, given: dict[str, object], refused: type[ResidentsError]
) -> None:
    team = await town.team()
    before = town.writes

    with pytest.raises(refused) as error:
        await town.joined(team, **given)  # type: ignore[arg-type]

    assert error.value.code == refused.code
    assert error.value.message.endswith("。")
    assert town.writes == before


async def test_an_unknown_team_and_an_unknown_member_are_not_found(town: Town) -> None:
    before = town.writes
    new = NewMember("team_x", NamedPerson(name="许文静"), "成员", FOUNDED)

    with pytest.raises(TeamNotFound):
        await town.room.add_member(town.secretary, new, request=town.request())
    with pytest.raises(MemberNotFound):
        await town.room.end_membership(
            town.secretary, "membership_x", on=FOUNDED, request=town.request()
        )
    assert town.writes == before


async def test_nobody_leaves_on_a_day_when_they_were_not_there(town: Town) -> None:
    member = await town.joined(await town.team(), name="许文静", on="03-01")
    before = town.writes

    with pytest.raises(NotAMemberThen):
        await town.room.end_membership(
            town.secretary, member.id, on=day("02-28"), request=town.request()
        )
    assert town.writes == before


async def test_a_history_has_an_end(town: Town) -> None:
    team = await town.team()
    for number in range(MOST_TERMS):
        year = f"{2021 + (number + 6) // 12}-{(number + 6) % 12 + 1:02d}"
        await town.joined(team, name="许文静", on=f"{year}-01", until=f"{year}-02")

    with pytest.raises(TooManyTerms):
        await town.joined(team, name="许文静", on="2026-12-01")


async def test_after_a_team_nobody_is_in_it(town: Town) -> None:
    team = await town.team(TeamKind.RED_SOCIAL, "合唱团")
    await town.joined(team, name="许文静")
    await town.joined(team, name="何雪婷", on="11-01")
    ended = await town.room.dissolve_team(
        town.secretary, team.id, on=day("10-01"), request=town.request()
    )
    for _ in range(2):
        await town.room.end_team_memberships(
            team.community_id, team.id, last_day=day("10-01"), at=town.now()
        )

    assert ended.dissolved_on == day("10-01")
    assert await members_on(town, team, "10-01") == ["许**"]
    assert await members_on(town, team, "11-01") == []
    for until in (None, "10-02"):
        with pytest.raises(TeamDissolved):
            await town.joined(team, name="郭启明", on="10-01", until=until)


@pytest.mark.parametrize(
    "role", [Role.RESIDENT, Role.STEWARD, Role.PARTNER, Role.MERCHANT, Role.AUDITOR]
)
async def test_who_is_not_of_the_office_may_not(town: Town, role: Role) -> None:
    team = await town.team()
    before = town.writes
    new = NewMember(team.id, NamedPerson(name="许文静"), "成员", FOUNDED)

    with pytest.raises(Forbidden):
        await town.room.add_member(actor(role), new, request=town.request())
    with pytest.raises(Forbidden):
        await town.room.queries.members(actor(role), team.id, FOUNDED, first=1, after=None)
    assert town.writes == before


async def test_members_come_page_by_page(town: Town) -> None:
    team = await town.team()
    for number in range(7):
        await town.joined(team, name=f"社工{number}", until="02-01" if number % 2 else None)
    seen, after = [], None
    while True:
        page = await town.room.queries.members(
            town.secretary, team.id, day("06-01"), first=2, after=after
        )
        seen += [shown.membership.id for shown in page.items]
        if not page.has_next_page:
            break
        after = page.cursors[-1]

    assert len(seen) == len(set(seen)) == 4


async def test_who_answers_for_an_estate_takes_in_nobody_of_another(town: Town) -> None:
    team = await town.team()
    here, there = town.estate("老小区"), town.estate("新小区")
    inside = town.resident("田桂兰", estate_id=here)
    outside = town.resident("马曦", estate_id=there)
    clerk = actor(Role.CLERK, scope=(here,))
    before = town.writes

    for resident_id in (outside, town.resident("王芳")):
        new = NewMember(team.id, NamedPerson(resident_id=resident_id), "成员", FOUNDED)
        with pytest.raises(ResidentNotFound):
            await town.room.add_member(clerk, new, request=town.request())
    assert town.writes == before

    new = NewMember(team.id, NamedPerson(resident_id=inside), "成员", FOUNDED)
    member = await town.room.add_member(clerk, new, request=town.request())
    assert member.resident_id == inside

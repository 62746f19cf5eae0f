"""Honours of teams and of people in them; entered, and taken back."""

import pytest
from chassis.errors import Forbidden
from chassis.ids import derived_id
from residents.application.teams.award_honour import NewHonour
from residents.domain.errors import NameInvalid, ResidentsError
from residents.domain.roles import Role
from residents.domain.teams.errors import (
    DayInFuture,
    HonourNotFound,
    MemberNotFound,
    NotAMemberThen,
    ReasonMissing,
    TeamDissolved,
    TeamNotFound,
)
from residents.domain.teams.honour import Honour

from .town import Town, actor, day


async def award(
    town: Town, team_id: str, member_id: str | None = None, *, title: str = "先进集体",
    on: str = "07-01", by: Role = Role.SECRETARY,
) -> Honour:  # fmt: skip
    new = NewHonour(
        derived_id("honour", title, on), team_id, member_id, title, "区委组织部", day(on)
    )
    return await town.room.award_honour(actor(by), new, request=town.request())


async def titles(town: Town, team_id: str) -> list[str]:
    page = await town.room.queries.honours_of(town.secretary, team_id, first=20, after=None)
    return [honour.title for honour in page.items]


async def test_the_latest_awarded_comes_first(town: Town) -> None:
    team = await town.team()
    member = await town.joined(team, name="刘志敏")
    await award(town, team.id, title="先进集体", on="2025-07-01")
    await award(town, team.id, member.id, title="优秀书记", on="07-01", by=Role.CLERK)

    assert await titles(town, team.id) == ["优秀书记", "先进集体"]


async def test_a_withdrawn_honour_stays_to_be_seen_with_its_first_reason(town: Town) -> None:
    team = await town.team()
    honour = await award(town, team.id)
    for reason in ("录入有误", "另一个原因"):
        taken_back = await town.room.withdraw_honour(
            town.secretary, honour.id, reason=reason, request=town.request()
        )

    assert taken_back.withdrawal_reason == "录入有误"
    assert await titles(town, team.id) == ["先进集体"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"title": ""}, NameInvalid),
        ({"on": "12-02"}, DayInFuture),
        ({"on": "2021-06-30"}, TeamDissolved),
        ({"team_id": "team_x"}, TeamNotFound),
        ({"member_id": "membership_x"}, MemberNotFound),
        ({"member_id": "another team's"}, MemberNotFound),
        ({"member_id": "left"}, NotAMemberThen),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_changes(
    town: Town, given: dict[str, str], refused: type[ResidentsError]
) -> None:
    team = await town.team()
    known = {
        "another team's": (await town.joined(await town.team(), name="何雪婷")).id,
        "left": (await town.joined(team, name="郭启明", until="05-31")).id,
    }
    if given.get("member_id") in known:
        given = {**given, "member_id": known[given["member_id"]]}
    before = town.writes

    with pytest.raises(refused):
        await award(town, **{"team_id": team.id, **given})  # type: ignore[arg-type]
    assert town.writes == before


async def test_taking_back_needs_a_reason_and_an_honour(town: Town) -> None:
    honour = await award(town, (await town.team()).id)
    before = town.writes

    with pytest.raises(ReasonMissing):
        await town.room.withdraw_honour(
            town.secretary, honour.id, reason="", request=town.request()
        )
    with pytest.raises(HonourNotFound):
        await town.room.withdraw_honour(
            town.secretary, "honour_x", reason="录入有误", request=town.request()
        )
    with pytest.raises(Forbidden):
        await town.room.withdraw_honour(
            actor(Role.CLERK), honour.id, reason="录入有误", request=town.request()
        )
    assert town.writes == before

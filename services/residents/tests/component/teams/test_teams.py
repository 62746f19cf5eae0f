"""Teams over the graph: stewards get their role by the event, and lose it; days; strangers."""

import base64
import json
from datetime import timedelta
from typing import Any

from chassis.clock import utc_now
from chassis.testing_waits import until
from residents.domain.china_days import day_of

from ..conftest import Person
from ..graph import ME, REFRESH, Graph
from . import documents
from .conftest import Office


def roles_in(token: str) -> dict[str, Any]:
    """The roles that a token carries, with their scopes."""
    body = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return {held["role"]: held.get("scope") for held in claims["roles"]}


async def test_a_steward_has_the_role_from_the_appointment_until_it_is_ended(
    office: Office, graph: Graph, clerk: Person, estate_id: str
) -> None:
    logged_in = await graph.logged_in(clerk.username, clerk.device)
    as_clerk, refresh = graph.as_(logged_in["accessToken"]), logged_in["refreshToken"]
    today = day_of(utc_now())
    member = await office.member(
        await office.team("RED_STEWARDS", "红色管家"), accountId=clerk.account_id
    )
    term = {"fromDay": str(today), "untilDay": str(today + timedelta(days=400))}
    appointed = await office.does(
        documents.APPOINT,
        memberId=member, post="STEWARD", title="管家", estateIds=[estate_id], **term,
    )  # fmt: skip

    async def steward() -> Any:
        me = await as_clerk.ask(ME)
        return [held for held in me["roles"] if held["role"] == "STEWARD"]

    assert await until(steward, within_seconds=30) == [{"role": "STEWARD", "scope": [estate_id]}]
    renewed = await graph.ask(REFRESH, token=refresh)
    assert roles_in(renewed["accessToken"]) == {"clerk": None, "steward": [estate_id]}
    (mine,) = await graph.as_(renewed["accessToken"]).ask(documents.MY_POSTS)
    assert mine["team"] == {"name": "红色管家"}
    assert mine["appointments"] == [{"post": "STEWARD", "estateIds": [estate_id]}]

    await office.does(
        documents.END_APPOINTMENT,
        memberId=member,
        appointmentId=appointed["appointment"]["id"],
        untilDay=str(today),
        reason="工作调动",
    )

    async def relieved() -> bool:
        return not await steward()

    assert await until(relieved, within_seconds=30)
    renewed = await graph.ask(REFRESH, token=renewed["refreshToken"])
    assert roles_in(renewed["accessToken"]) == {"clerk": None}


async def test_the_end_of_a_team_takes_the_role_as_well(
    office: Office, graph: Graph, clerk: Person, estate_id: str
) -> None:
    as_clerk = graph.as_((await graph.logged_in(clerk.username, clerk.device))["accessToken"])
    today = str(day_of(utc_now()))
    team = await office.team("RED_STEWARDS", "红色管家")
    member = await office.member(team, accountId=clerk.account_id)
    await office.does(
        documents.APPOINT,
        memberId=member, post="STEWARD", title="管家", estateIds=[estate_id], fromDay="2026-01-01",
    )  # fmt: skip

    async def is_steward() -> bool:
        return "STEWARD" in [held["role"] for held in (await as_clerk.ask(ME))["roles"]]

    async def is_none() -> bool:
        return not await is_steward()

    assert await until(is_steward, within_seconds=30)
    await office.does(documents.DISSOLVE_TEAM, teamId=team, dissolvedOn=today)
    assert await until(is_none, within_seconds=30)


async def test_a_day_is_asked_about(office: Office, clerk: Person) -> None:
    team = await office.team("STAFF", "社区工作者")
    await office.member(team, accountId=clerk.account_id, birthDate="1990-04-26")
    await office.member(team, name="许文静", birthDate="1992-04-26", leftOn="2026-05-31")
    await office.member(team, name="熊立秋")
    await office.does(
        documents.AWARD_HONOUR,
        teamId=team, title="先进集体", awardedBy="区委组织部", awardedOn="2026-07-01",
    )  # fmt: skip
    in_may = await office.graph.ask(documents.TEAM, id=team, on="2026-05-31")
    in_june = await office.graph.ask(documents.TEAM, id=team, on="2026-06-01")

    assert sorted(m["name"] for m in in_may["members"]["nodes"]) == ["李干事", "熊**", "许**"]
    assert sorted(m["name"] for m in in_june["members"]["nodes"]) == ["李干事", "熊**"]
    assert in_may["averageAge"]["value"] == 35.0
    assert in_june["averageAge"] == {
        "value": 36.0,
        "numerator": 36,
        "denominator": 1,
        "excluded": [{"reason": "no_birth_date", "count": 1}],
        "rows": {"nodes": [{"name": "李干事"}]},
    }
    assert in_june["honours"]["nodes"] == [{"title": "先进集体"}]


async def test_who_holds_posts_in_two_teams(office: Office, clerk: Person) -> None:
    for kind, name in (("RED_PROPERTY", "红色物业"), ("RED_ALLIANCE", "红色联盟")):
        member = await office.member(await office.team(kind, name), accountId=clerk.account_id)
        await office.does(
            documents.APPOINT,
            memberId=member, post="LIAISON", title="联络员", fromDay="2026-01-01",
        )  # fmt: skip
    found = await office.graph.ask(documents.DUAL, on="2026-06-01")
    (dual,) = found["nodes"]

    assert dual["name"] == "李干事"
    assert sorted(post["team"]["name"] for post in dual["posts"]) == ["红色物业", "红色联盟"]
    assert (await office.graph.ask(documents.DUAL, on="2025-12-31"))["nodes"] == []


async def test_what_is_wrong_is_named_and_nothing_changes(
    office: Office, as_stranger: Graph, clerk: Person, estate_id: str
) -> None:
    team = await office.team("RED_STEWARDS", "红色管家")
    member = await office.member(team, accountId=clerk.account_id)
    asked = {"memberId": member, "post": "STEWARD", "title": "管家", "fromDay": "2026-06-01"}
    stranger = Office(as_stranger)
    codes = [
        (await office.tries(documents.APPOINT, **asked, estateIds=[])),
        (await office.tries(documents.APPOINT, **asked, estateIds=["estate_x"])),
        (
            await office.tries(
                documents.APPOINT, **asked, estateIds=[estate_id], untilDay="2026-05-31"
            )
        ),
        (
            await office.tries(
                documents.ADD_MEMBER,
                teamId=team,
                title="成员",
                joinedOn="2026-02-01",
                accountId=clerk.account_id,
            )
        ),
        (await stranger.tries(documents.APPOINT, **asked, estateIds=[])),
        (
            await stranger.tries(
                documents.ADD_MEMBER, teamId=team, title="成员", joinedOn="2026-02-01", name="某人"
            )
        ),
        (await stranger.tries(documents.DISSOLVE_TEAM, teamId=team, dissolvedOn="2026-06-01")),
    ]

    assert [outcome.get("code") for outcome in codes] == [
        "STEWARD_WITHOUT_ESTATES",
        "ESTATE_NOT_FOUND",
        "TERM_ENDS_BEFORE_IT_BEGINS",
        "MEMBERSHIP_OVERLAPS",
        "MEMBER_NOT_FOUND",
        "TEAM_NOT_FOUND",
        "TEAM_NOT_FOUND",
    ]
    assert await as_stranger.ask(documents.TEAM, id=team, on="2026-06-01") is None
    (there,) = (await office.graph.ask(documents.TEAM, id=team, on="2026-06-01"))["members"][
        "nodes"
    ]
    assert there == {"name": "李干事"}
    assert (await office.graph.ask(documents.DUAL, on="2026-06-01"))["nodes"] == []

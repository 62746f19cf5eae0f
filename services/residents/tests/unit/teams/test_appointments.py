"""Posts held for a term, in two teams at once, and ended early."""

import pytest
from chassis.errors import Forbidden
from residents.application.teams.create_team import NewTeam
from residents.domain.archive.errors import EstateNotFound
from residents.domain.errors import ResidentsError, RoleBeyondScope
from residents.domain.roles import Role
from residents.domain.teams.errors import (
    AppointmentNotFound,
    EndOutsideTerm,
    EstatesOnlyForStewards,
    NotAMemberThen,
    PostHeldAlready,
    PostHeldLonger,
    PostNotInTeam,
    ReasonMissing,
    StewardWithoutEstates,
    TermEndsBeforeItBegins,
)
from residents.domain.teams.membership import membership_facts
from residents.domain.teams.posts import Post, TeamKind

from .town import COMMUNITY, Town, actor, day


async def test_a_post_is_held_for_its_term_alone(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    new = town.appointment(member, post=Post.HEAD, from_day="03-01", until_day="05-31")
    appointed = await town.appointed(new)

    held = {text: len(appointed.posts_on(day(text))) for text in ("02-28", "03-01", "05-31")}
    assert held == {"02-28": 0, "03-01": 1, "05-31": 1}
    assert appointed.posts_on(day("06-01")) == ()


async def test_who_holds_posts_in_two_teams_on_a_day(town: Town) -> None:
    property_team = await town.team(TeamKind.RED_PROPERTY, "红色物业")
    alliance = await town.team(TeamKind.RED_ALLIANCE, "红色联盟")
    account = await town.account("马俊峰")
    for team, until in ((property_team, "06-30"), (alliance, None)):
        member = await town.joined(team, account_id=account)
        await town.appointed(town.appointment(member, post=Post.LIAISON, until_day=until))
    alone = await town.joined(alliance, name="熊立秋")
    for post in (Post.HEAD, Post.REPRESENTATIVE):
        await town.appointed(town.appointment(alone, post=post))

    async def dual(text: str) -> list[tuple[str | None, int]]:
        page = await town.room.queries.dual_appointments(
            town.secretary, day(text), first=10, after=None
        )
        return [(shown.name, len(shown.posts.posts)) for shown in page.items]

    assert await dual("06-30") == [("马俊峰", 2)]
    assert await dual("07-01") == []


async def test_people_with_two_posts_come_page_by_page(town: Town) -> None:
    teams = [await town.team(TeamKind.RED_ALLIANCE, name) for name in ("甲", "乙")]
    for number in range(5):
        for team in teams:
            member = await town.joined(team, name=f"代表{number}")
            await town.appointed(town.appointment(member, post=Post.REPRESENTATIVE))
    seen, after = [], None
    while True:
        page = await town.room.queries.dual_appointments(
            town.secretary, day("06-01"), first=2, after=after
        )
        seen += [shown.posts.person_id for shown in page.items]
        if not page.has_next_page:
            break
        after = page.cursors[-1]

    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("kind", "given", "refused"),
    [
        (TeamKind.RED_STEWARDS, {}, StewardWithoutEstates),
        (TeamKind.RED_STEWARDS, {"estates": ["estate_x"]}, EstateNotFound),
        (TeamKind.RED_SOCIAL, {"estates": ["known"]}, PostNotInTeam),
        (
            TeamKind.RED_STEWARDS,
            {"estates": ["known"], "post": Post.HEAD},
            EstatesOnlyForStewards,
        ),
        (
            TeamKind.RED_STEWARDS,
            {"estates": ["known"], "from_day": "03-02", "until_day": "03-01"},
            TermEndsBeforeItBegins,
        ),
        (
            TeamKind.RED_STEWARDS,
            {"estates": ["known"], "from_day": "2025-12-31"},
            NotAMemberThen,
        ),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_changes(
    town: Town, kind: TeamKind, given: dict[str, object], refused: type[ResidentsError]
) -> None:
    known = town.estate("槐荫里")
    member = await town.joined(await town.team(kind, "队伍"), name="王庆山")
    estates = [known if each == "known" else each for each in given.pop("estates", [])]  # type: ignore[attr-defined]
    before, told = town.writes, list(town.memberships.events)

    with pytest.raises(refused) as error:
        await town.appointed(town.appointment(member, *estates, **given))  # type: ignore[arg-type]

    assert error.value.code == refused.code
    assert error.value.message.endswith("。")
    assert town.writes == before
    assert town.memberships.events == told


async def test_the_same_post_twice_at_a_time_is_refused(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    await town.appointed(town.appointment(member, post=Post.HEAD, until_day="06-30"))
    before = town.writes

    with pytest.raises(PostHeldAlready):
        await town.appointed(town.appointment(member, post=Post.HEAD, from_day="06-30"))
    assert town.writes == before

    again = await town.appointed(town.appointment(member, post=Post.HEAD, from_day="07-01"))
    assert len(again.appointments) == 2


async def test_a_term_ended_early_says_why_and_when(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    new = town.appointment(member, post=Post.HEAD)
    await town.appointed(new)
    ended = await town.relieved(new, "11-30", "退休")

    assert ended.posts_on(day("11-30")) != ()
    assert ended.posts_on(day("12-01")) == ()
    assert ended.facts is not None
    assert ended.facts.reasons == {new.appointment_id: "退休"}
    assert [event.type for event in town.memberships.events] == [
        "team.appointed.v1",
        "team.relieved.v1",
    ]


async def test_who_heard_nothing_is_told_each_term_as_it_now_is(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    ended = town.appointment(member, post=Post.HEAD)
    await town.appointed(ended)
    await town.appointed(town.appointment(member, post=Post.LIAISON))
    facts = membership_facts(await town.relieved(ended, "11-30"))

    assert [(fact.type, fact.post, fact.until_day) for fact in facts] == [  # type: ignore[attr-defined]
        ("team.appointed.v1", "head", day("11-30")),
        ("team.relieved.v1", "head", day("11-30")),
        ("team.appointed.v1", "liaison", day("2028-12-31")),
    ]


@pytest.mark.parametrize(
    ("on", "reason", "refused"),
    [
        ("2025-12-31", "退休", EndOutsideTerm),
        ("2029-01-01", "退休", EndOutsideTerm),
        ("11-30", " ", ReasonMissing),
        ("11-30", "长" * 201, ReasonMissing),
    ],
)
async def test_an_early_end_needs_a_day_of_the_term_and_a_reason(
    town: Town, on: str, reason: str, refused: type[ResidentsError]
) -> None:
    member = await town.joined(await town.team(), name="刘志敏", on="2026-01-01")
    new = town.appointment(member, post=Post.HEAD)
    await town.appointed(new)
    before = town.writes

    with pytest.raises(refused):
        await town.relieved(new, on, reason)
    assert town.writes == before


async def test_an_unknown_appointment_is_not_found(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")

    with pytest.raises(AppointmentNotFound):
        await town.relieved(town.appointment(member), "11-30")


async def test_a_term_that_has_not_begun_can_be_called_off(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    new = town.appointment(member, post=Post.HEAD, from_day="2027-01-01")
    await town.appointed(new)
    off = await town.relieved(new, "12-01", "人选变更")

    assert off.appointments[0].term.is_empty
    assert (await town.appointed(town.appointment(member, post=Post.HEAD))).posts_on(day("12-01"))


async def test_who_leaves_the_team_leaves_its_posts(town: Town) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    await town.appointed(town.appointment(member, post=Post.HEAD))
    left = await town.room.end_membership(
        town.secretary, member.id, on=day("11-30"), request=town.request()
    )

    assert left.appointments[0].term.until_day == day("11-30")
    assert town.memberships.events[-1].type == "team.relieved.v1"


async def test_who_gives_no_posts_takes_none(town: Town) -> None:
    mine, other = town.estate("槐荫里"), town.estate("红砖院")
    member = await town.joined(await town.team(TeamKind.RED_STEWARDS, "红色管家"), name="王庆山")
    await town.appointed(town.appointment(member, mine, until_day="11-30"))
    before, events = town.writes, list(town.memberships.events)

    for by in (
        actor(Role.CLERK),
        actor(Role.CLERK, scope=(mine,)),
        actor(Role.SECRETARY, scope=(other,)),
    ):
        with pytest.raises(PostHeldLonger) as refused:
            await town.room.end_membership(by, member.id, on=day("06-01"), request=town.request())
        assert refused.value.code == "POST_HELD_LONGER"
    assert (town.writes, town.memberships.events) == (before, events)

    left = await town.room.end_membership(
        actor(Role.CLERK), member.id, on=day("11-30"), request=town.request()
    )
    assert left.appointments == (await town.memberships.get(COMMUNITY, member.id)).appointments
    assert left.appointments[0].relieved_at is None
    earlier = await town.room.end_membership(
        actor(Role.SECRETARY, scope=(mine,)), member.id, on=day("06-01"), request=town.request()
    )
    assert earlier.appointments[0].term.until_day == day("06-01")


async def test_a_secretary_appoints_within_their_own_estates_alone(town: Town) -> None:
    mine, other = town.estate("槐荫里"), town.estate("红砖院")
    member = await town.joined(await town.team(TeamKind.RED_STEWARDS, "红色管家"), name="王庆山")
    scoped = actor(Role.SECRETARY, scope=(mine,))
    before = town.writes

    with pytest.raises(RoleBeyondScope):
        await town.appointed(town.appointment(member, mine, other), by=scoped)
    assert town.writes == before

    new = town.appointment(member, mine)
    assert (await town.appointed(new, by=scoped)).appointment(new.appointment_id)


async def test_who_leads_some_estates_leads_no_team(town: Town) -> None:
    team = await town.team()
    member = await town.joined(team, name="刘志敏")
    scoped = actor(Role.SECRETARY, scope=(town.estate("槐荫里"),))
    before = town.writes

    with pytest.raises(RoleBeyondScope):
        await town.appointed(town.appointment(member, post=Post.HEAD), by=scoped)
    with pytest.raises(RoleBeyondScope):
        await town.room.dissolve_team(scoped, team.id, on=day("12-01"), request=town.request())
    with pytest.raises(RoleBeyondScope):
        await town.room.create_team(
            scoped,
            NewTeam("team_1", TeamKind.STAFF, "社区工作者", day("12-01")),
            request=town.request(),
        )
    assert town.writes == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
async def test_the_secretary_alone_appoints(town: Town, role: Role) -> None:
    member = await town.joined(await town.team(), name="刘志敏")
    before = town.writes

    with pytest.raises(Forbidden):
        await town.appointed(town.appointment(member, post=Post.HEAD), by=actor(role))
    assert town.writes == before


async def test_ones_own_posts_are_of_today(town: Town) -> None:
    team = await town.team(TeamKind.RED_STEWARDS, "红色管家")
    account, resident = await town.account("王庆山"), town.resident("王庆山")
    town.bindings.bound[account] = resident
    await town.joined(team, resident_id=resident)
    await town.joined(await town.team(), account_id=account, until="02-01")
    own = actor(Role.RESIDENT)
    own = type(own)(account, COMMUNITY, "session_1", own.roles)

    standing = await town.room.queries.own_posts(own)
    assert [shown.membership.team_id for shown in standing] == [team.id]

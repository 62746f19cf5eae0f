"""Scenes of those who serve: the staff of nine and the five red teams."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from demo_community.roster import (
    RED_TEAMS,
    STAFF,
    STAFF_FOUNDED_ON,
    STAFF_TEAM,
    RedTeam,
    TeamPost,
    average_age,
)
from demo_community.story_people import STORY_PEOPLE

from story.graph import outcome
from story.prologue.figures import Found, Population, search
from story.stage import Person, Stage
from story.stopped import check

# On this day the staff are 35 years old on average; see the roster.
AGES_ON = date(2026, 10, 9)
_LONGEST_PAGE = 100


async def find_people(stage: Stage, secretary: Person) -> Mapping[str, Found]:
    """Find who of the story lives here, by name."""
    return {who.name: await search(stage, secretary, who) for who in STORY_PEOPLE}


async def enter_staff(stage: Stage, secretary: Person) -> None:
    """Enter the staff of nine, and ask how old they are on average."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}录入{STAFF_TEAM}{len(STAFF)}人，问平均年龄。",
        f"The staff of nine are entered; their average age on {AGES_ON}.",
    ) as step:
        team_id = await _team(stage, secretary, "STAFF", STAFF_TEAM, STAFF_FOUNDED_ON)
        for nth, member in enumerate(STAFF):
            await _member(
                stage,
                secretary,
                f"staff-{nth}",
                teamId=team_id,
                title=member.post,
                joinedOn=member.joined_on.isoformat(),
                name=member.name,
                birthDate=member.birth_date.isoformat(),
            )
        asked = {"id": team_id, "on": AGES_ON.isoformat(), "first": _LONGEST_PAGE}
        team = (await stage.ask(secretary, "Team", **asked)).field("team")
        members, age = team["members"]["nodes"], team["averageAge"]
        check(len(members) == len(STAFF), f"{len(STAFF)} members", members)
        check(age["value"] == float(average_age(AGES_ON)), f"{average_age(AGES_ON)} years", age)
        check(age["denominator"] == len(STAFF), "everybody counted", age)
        step.saw("、".join(f"{one['name']}（{one['spells'][0]['title']}）" for one in members))
        step.saw(
            f"平均年龄 {age['value']:g} 岁（{age['numerator']}/{age['denominator']}，"
            f"按 {age['on']} 的年龄）"
        )


async def enter_red_teams(
    stage: Stage, secretary: Person, people: Mapping[str, Found], population: Population
) -> None:
    """Enter the five red teams with their posts, and see who serves in two."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}组建五支红色队伍，任命各职。",
        "The five red teams, each with its posts and terms.",
    ) as step:
        for team in RED_TEAMS:
            await _enter(stage, secretary, team, people, population)
            posts = "、".join(f"{post.name}（{post.post}）" for post in team.posts)
            step.saw(f"{team.name}：{posts}")
    with stage.narrator.step(
        secretary.who,
        "谁一人担任两支队伍的职务？双向进入、交叉任职一目了然。",
        "Who holds posts in two teams at once.",
    ) as step:
        asked = {"on": AGES_ON.isoformat(), "first": _LONGEST_PAGE}
        dual = (await stage.ask(secretary, "DualAppointments", **asked)).field("dualAppointments")
        wanted = _posts_in_two_teams()
        seen = [_held(one["posts"]) for one in dual["nodes"]]
        check(sorted(seen) == wanted, f"posts held by one person {wanted}", dual["nodes"])
        for one, held in zip(dual["nodes"], seen, strict=True):
            step.saw(f"{one['name']}：{'，'.join(f'{team}{title}' for team, title in held)}")


async def _enter(
    stage: Stage,
    secretary: Person,
    team: RedTeam,
    people: Mapping[str, Found],
    population: Population,
) -> None:
    team_id = await _team(stage, secretary, team.kind, team.name, team.founded_on)
    for nth, post in enumerate(team.posts):
        once = f"{team.kind.lower()}-{nth}"
        member_id = await _member(
            stage,
            secretary,
            once,
            teamId=team_id,
            title=post.post,
            joinedOn=post.from_day.isoformat(),
            **_who(post, people),
        )
        made = await stage.do_once(
            secretary,
            "Appoint",
            "appoint",
            f"{once}-post",
            memberId=member_id,
            post=post.code,
            title=post.post,
            fromDay=post.from_day.isoformat(),
            untilDay=post.until_day.isoformat(),
            estateIds=[population.estate_id(name) for name in post.estates],
        )
        outcome(made, "AppointSuccess")


def _who(post: TeamPost, people: Mapping[str, Found]) -> dict[str, Any]:
    """Return a member who lives here by their entry in the archive, anybody else by name."""
    if post.name in people:
        return {"residentId": people[post.name].resident_id}
    return {
        "name": post.name,
        "birthDate": None if post.birth_date is None else post.birth_date.isoformat(),
    }


def _held(posts: Any) -> list[tuple[str, str]]:
    return sorted((each["team"]["name"], each["appointment"]["title"]) for each in posts)


def _posts_in_two_teams() -> list[list[tuple[str, str]]]:
    """Return team and title of the posts of each who has some in two red teams, in order."""
    held: dict[str, list[tuple[str, str]]] = {}
    for team in RED_TEAMS:
        for post in team.posts:
            held.setdefault(post.name, []).append((team.name, post.post))
    return sorted(sorted(posts) for posts in held.values() if len(posts) > 1)


async def _team(stage: Stage, secretary: Person, kind: str, name: str, founded_on: date) -> str:
    made = await stage.do_once(
        secretary,
        "CreateTeam",
        "createTeam",
        f"team-{kind.lower()}",
        kind=kind,
        name=name,
        foundedOn=founded_on.isoformat(),
    )
    return str(outcome(made, "CreateTeamSuccess")["team"]["id"])


async def _member(stage: Stage, secretary: Person, once: str, /, **given: object) -> str:
    made = await stage.do_once(secretary, "AddMember", "addMember", f"{once}-member", **given)
    return str(outcome(made, "AddMemberSuccess")["member"]["id"])

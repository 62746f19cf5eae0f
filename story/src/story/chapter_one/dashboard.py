"""The last scenes: the secretary reads the figures, and everybody goes home."""

from typing import Any

from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_zh

_COMMENTS_A_DAY = 4
_ISSUES_A_DAY = 2
# A session that has ended is refused everywhere within this time.
_REVOKED_WITHIN_SECONDS = 5.0


async def read_dashboard(stage: Stage, secretary: Person) -> None:
    """Read the figures of three services in one request, and see that they add up."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看总览：一次查询，三个服务的数。",
        "One federated query over residents, issues and outreach.",
    ) as step:
        answer = await stage.ask(secretary, "Dashboard", id=stage.community_id)
        community = answer.field("community")
        stage.narrator.report.dashboard = community
        for line in _lines(community):
            step.saw(line)
        issues, outreach = community["issueFigures"], community["outreachFigures"]
        least = stage.day * _COMMENTS_A_DAY
        check(community["name"] == stage.demo.community_name, "the community's name", community)
        check(issues["received"] >= _COMMENTS_A_DAY, "today's intakes are counted", issues)
        check(outreach["commentsReceived"] >= least, f"at least {least} comments", outreach)
        check(outreach["articlesPublished"] >= stage.day, "an article a day", outreach)
        check(issues["openIssues"] >= _ISSUES_A_DAY, "today's issues are open", issues)
        check(issues["timeToFirstReply"] is not None, "a time to first reply", issues)


async def go_home(stage: Stage, *people: Person) -> None:
    """Log out; the tokens are refused from then on."""
    for person in people:
        with stage.narrator.step(
            person.who,
            f"{person.who}退出登录，令牌随即失效。",
            "Logged out; the token is refused within five seconds.",
        ) as step:
            outcome(await stage.do(person, "LogOut", "logOut"), "LogOutSuccess")

            async def look(person: Person = person) -> tuple[str, ...]:
                return (await stage.ask(person, "Inbox", first=1)).error_codes

            codes = await until(
                "the token is refused",
                look,
                lambda codes: "UNAUTHENTICATED" in codes,
                within_seconds=_REVOKED_WITHIN_SECONDS,
            )
            step.saw("、".join(sorted(set(codes))))


def _lines(community: Any) -> list[str]:
    issues, outreach = community["issueFigures"], community["outreachFigures"]
    check(issues is not None and outreach is not None, "figures of every service", community)
    reply, rate = issues["timeToFirstReply"], issues["repliedWithinDay"]
    lines = [
        f"{community['name']}：留言和消息 {outreach['commentsReceived']} 条，"
        f"文章 {outreach['articlesPublished']} 篇",
        f"近30天收到 {issues['received']} 条，待回复 {issues['unanswered']} 条，"
        f"在办事项 {issues['openIssues']} 件",
    ]
    if reply is not None:
        median, p90 = reply["medianSeconds"], reply["p90Seconds"]
        lines.append(f"首次回复用时：中位数 {median} 秒，九成 {p90} 秒内")
    if rate is not None:
        share = "—" if rate["value"] is None else f"{rate['value']:.0%}"
        left_out = "，".join(f"{in_zh(e['reason'])} {e['count']}" for e in rate["excluded"])
        counted = f"{rate['numerator']}/{rate['denominator']}"
        lines.append(f"24小时内回复：{share}（{counted}；不计：{left_out}）")
    return lines

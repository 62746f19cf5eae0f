"""The last scenes: the secretary reads the figures, and everybody goes home."""

from typing import Any

from story.chapter_two.campaigns import REWARD_FEN
from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_yuan, in_zh

_COMMENTS_A_DAY = 4
# A session that has ended is refused everywhere within this time.
_REVOKED_WITHIN_SECONDS = 5.0


async def read_dashboard(stage: Stage, secretary: Person) -> None:
    """Read the figures of all four services in one request, and see that they add up."""
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}看总览：一次查询，四个服务的数。",
        "One federated query over all four services.",
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
        check(issues["openIssues"] >= stage.day, "the hazards are open", issues)
        check(issues["confirmed"]["byReporter"] >= stage.day, "a matter a day confirmed", issues)
        check(issues["promises"]["broken"] >= stage.day, "a promise a day broken", issues)
        check(issues["promises"]["kept"] >= stage.day, "a promise a day kept", issues)
        check(issues["timeToFirstReply"] is not None, "a time to first reply", issues)
        vouchers = community["voucherFigures"]
        check(vouchers["ledgerInBalance"]["balanced"], "a ledger in balance", vouchers)
        check(vouchers["redeemedFen"] >= stage.day * REWARD_FEN, "a reward a day spent", vouchers)


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
    population, issues = community["population"], community["issueFigures"]
    outreach, vouchers = community["outreachFigures"], community["voucherFigures"]
    check(None not in community.values(), "figures of every service", community)
    reply, rate = issues["timeToFirstReply"], issues["repliedWithinDay"]
    lines = [
        f"{community['name']}：{population['households']['value']:,} 户，"
        f"{population['residents']['value']:,} 人",
        f"留言和消息 {outreach['commentsReceived']} 条，文章 {outreach['articlesPublished']} 篇",
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
    return [*lines, *_of_handling(issues), *_of_messages_and_money(outreach, vouchers)]


def _of_handling(issues: Any) -> list[str]:
    rate, satisfaction, promises = issues["inTime"], issues["satisfaction"], issues["promises"]
    return [
        f"办结 {issues['handled']} 件，按期 {rate['numerator']}/{rate['denominator']}；"
        f"居民确认 {issues['confirmed']['byReporter']} 件，"
        f"满意度 {satisfaction['meanHundredths'] / 100:.2f}"
        f"（{satisfaction['denominator']} 人评价）",
        f"外部单位的承诺：兑现 {promises['kept']}，没有兑现 {promises['broken']}",
    ]


def _of_messages_and_money(outreach: Any, vouchers: Any) -> list[str]:
    told = outreach["notifications"]
    shops = "，".join(
        f"{each['merchantName']} 新客 {each['new']} 回头客 {each['returning']}"
        for each in vouchers["customers"]
    )
    return [
        f"通知：手机送达 {told['delivered']} 条，小程序里等着 {told['noGrant']} 条",
        f"红卡：预算{in_yuan(vouchers['budgetFen'])}，已领{in_yuan(vouchers['claimedFen'])}，"
        f"已用{in_yuan(vouchers['redeemedFen'])}；{shops}；账平",
    ]

"""Scenes of the clerk's inbox: what came in, and what may not be done with it yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from story.chapter_one.article import Today
from story.chapter_one.residents import Written
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import at_clock, in_zh

_PAGE = 100
_INTAKES_A_DAY = 4


@dataclass(frozen=True)
class Intakes:
    """Today's four intakes, as the inbox shows them."""

    water: Any
    hazard: Any
    praise: Any
    heating: Any


async def see_inbox(stage: Stage, clerk: Person, today: Today, written: Written) -> Intakes:
    """Wait until the inbox shows all four, each once, and no door in what is redacted."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}打开收件箱，四条都到了。",
        "The clerk's inbox shows all four intakes, the originals read from outreach.",
    ) as step:

        async def look() -> dict[str, Any]:
            inbox = (await stage.ask(clerk, "Inbox", first=_PAGE)).field("inbox")
            return _todays(inbox["nodes"], stage.started_at, today, written)

        found = await until(
            "the inbox shows all four intakes", look, lambda seen: len(seen) == _INTAKES_A_DAY
        )
        intakes = Intakes(**found)
        for intake in (intakes.water, intakes.hazard, intakes.praise, intakes.heating):
            step.saw(f"{intake['redactedText']}  [{in_zh(intake['state'])}]")
        redacted = intakes.water["redactedText"]
        check("501" not in redacted, "no door in the redacted text", redacted)
        check("501" in intakes.water["comment"]["text"], "staff read the original", intakes.water)
    return intakes


async def may_not_dispatch_yet(stage: Stage, clerk: Person, intakes: Intakes) -> None:
    """See that an issue may not be opened before the resident was answered."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}想直接立项，系统不让：先回复，再派单。",
        "Opening an issue before the reply is refused: ReplyPending.",
    ) as step:
        refused = await stage.do(
            clerk,
            "OpenIssue",
            "openIssue",
            intakeId=intakes.water["id"],
            category="water",
            hazard=False,
        )
        check(refused["__typename"] == "ReplyPending", "outcome ReplyPending", refused)
        intake = (await stage.ask(clerk, "Intake", id=intakes.water["id"])).field("intake")
        check(intake["state"] == "RECEIVED", "nothing was changed", intake)
        step.saw(f"{refused['code']}：{refused['message']}")


async def hazard_needs_no_reply(stage: Stage, clerk: Person, intakes: Intakes) -> str:
    """See that the hazard is an issue already, by a rule; return the issue's id."""
    with stage.narrator.step(
        "系统",
        "电线外露的留言已按隐患规则立项，不等回复。",
        "The hazard became an issue by rule, without waiting for a reply.",
    ) as step:

        async def look() -> Any:
            return (await stage.ask(clerk, "Intake", id=intakes.hazard["id"])).field("intake")

        intake = await until("the hazard is an issue", look, lambda seen: bool(seen["issue"]))
        rules = (await stage.ask(clerk, "HazardRules")).field("hazardRules")
        names = {rule["id"]: rule["name"] for rule in rules}
        check(intake["hazardRuleId"] in names, "a hazard rule opened it", intake)
        check(intake["repliedAt"] is None, "nobody had replied yet", intake)
        check(intake["issue"]["hazard"] == "PROPOSED", "the rule proposes a hazard", intake)
        step.saw(
            f"规则“{names[intake['hazardRuleId']]}” → 事项 {intake['issue']['id']}，"
            f"两小时到场，期限 {at_clock(intake['issue']['hazardClock']['dueAt'])}"
        )
    return str(intake["issue"]["id"])


def _todays(nodes: list[Any], since: datetime, today: Today, written: Written) -> dict[str, Any]:
    """Return today's intakes that are there, by their name in `Intakes`."""
    wanted = {
        "water": (written.water, today.article_id),
        "hazard": (written.hazard, today.article_id),
        "praise": (written.praise, today.article_id),
        "heating": (written.heating, None),
    }
    there = {}
    for name, (text, article_id) in wanted.items():
        found = [node for node in nodes if _is(node, text, article_id, since)]
        check(len(found) <= 1, f"one intake of “{text}”", found)
        if found:
            there[name] = found[0]
    return there


def _is(node: Any, text: str, article_id: str | None, since: datetime) -> bool:
    comment = node["comment"]
    if comment is None or comment["text"] != text:
        return False
    if datetime.fromisoformat(node["receivedAt"]) < since:
        return False
    article = comment["article"]
    return bool((article["id"] if article else None) == article_id)

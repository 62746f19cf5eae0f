"""Scenes of deciding: one comment becomes an issue that is worked on, another is closed."""

from typing import Any

from story.chapter_one.inbox import Intakes
from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.subscription import Subscription, subscribed
from story.waiting import until
from story.words import at_clock, in_zh

_PUBLIC_TEXT = "三号楼部分住户水压偏低，已联系供水公司排查。"
_PLACE = "三号楼"


async def open_issue(stage: Stage, clerk: Person, intakes: Intakes) -> str:
    """Open the issue now that the resident was answered; return its id."""
    with stage.narrator.step(
        clerk.who,
        f"回复之后，{clerk.who}立项。",
        "After the reply the clerk opens the issue; it follows by an event.",
    ) as step:
        made = await stage.do(
            clerk,
            "OpenIssue",
            "openIssue",
            intakeId=intakes.water["id"],
            category="water",
            hazard=False,
        )
        issue_id = str(outcome(made, "OpenIssueSuccess")["intake"]["issueId"])

        async def look() -> Any:
            return (await stage.ask(clerk, "Intake", id=intakes.water["id"])).field("intake")

        intake = await until("the issue is there", look, lambda seen: bool(seen["issue"]))
        check(intake["issue"]["id"] == issue_id, f"the issue {issue_id}", intake)
        step.saw(f"事项 {issue_id}  [{in_zh(intake['issue']['state'])}]")
    return issue_id


async def follow_and_work(stage: Stage, clerk: Person, issue_id: str) -> None:
    """Acknowledge and triage the issue, and see each change come over one subscription."""
    async with subscribed(
        stage.places.gateway, "IssueUpdated", "issueUpdated", {"id": issue_id}, token=clerk.token
    ) as updates:
        with stage.narrator.step(
            clerk.who,
            f"{clerk.who}订阅这件事项，先看到它现在的样子。",
            "The clerk subscribes; the present state comes first.",
        ) as step:
            issue = await updates.next_where("the issue as it is", lambda issue: issue is not None)
            check(issue["state"] == "NEW", "state NEW", issue)
            step.saw(f"{issue['comment']['redactedText']}  [{in_zh(issue['state'])}]")
        await _acknowledge(stage, clerk, issue_id, updates)
        await _triage(stage, clerk, issue_id, updates)


async def confirm_hazard(stage: Stage, clerk: Person, issue_id: str) -> None:
    """Say that the hazard which a rule proposed is one."""
    with stage.narrator.step(
        clerk.who, f"{clerk.who}确认隐患属实。", "The clerk confirms the hazard."
    ) as step:
        made = await stage.do(clerk, "ConfirmHazard", "confirmHazard", issueId=issue_id)
        issue = outcome(made, "ConfirmHazardSuccess")["issue"]
        check(issue["hazard"] == "CONFIRMED", "a confirmed hazard", issue)
        step.saw(f"期限 {at_clock(issue['hazardClock']['dueAt'])}")


async def close_the_others(stage: Stage, clerk: Person, intakes: Intakes) -> None:
    """Close what needs no issue, each with its reason."""
    await _dismiss(
        stage, clerk, intakes.praise, "PRAISE", "点赞办结，理由：表扬。", "Praise is dismissed."
    )
    await _dismiss(
        stage,
        clerk,
        intakes.heating,
        "ANSWERED",
        "询问已答复，办结。",
        "The question was answered and is closed.",
    )


async def comments_know(stage: Stage, clerk: Person, intakes: Intakes) -> None:
    """Wait until the comments, which another service owns, say what became of them."""
    with stage.narrator.step(
        "系统",
        "留言那边也知道了：立项的已关联，办结的已归档。",
        "The comments know what became of them: linked or dismissed.",
    ) as step:
        wanted = (
            (intakes.water, "LINKED"),
            (intakes.hazard, "LINKED"),
            (intakes.praise, "DISMISSED"),
            (intakes.heating, "DISMISSED"),
        )
        for intake, state in wanted:

            async def look(intake_id: str = intake["id"]) -> Any:
                return (await stage.ask(clerk, "Intake", id=intake_id)).field("intake")

            seen = await until(
                f"the comment is {state}",
                look,
                lambda seen, state=state: seen["comment"]["state"] == state,  # type: ignore[misc]
            )
            step.saw(f"{intake['redactedText']}  [{in_zh(seen['comment']['state'])}]")


async def _acknowledge(stage: Stage, clerk: Person, issue_id: str, updates: Subscription) -> None:
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}签收，订阅马上收到。",
        "The clerk acknowledges; the subscription brings it.",
    ) as step:
        made = await stage.do(clerk, "AcknowledgeIssue", "acknowledgeIssue", issueId=issue_id)
        outcome(made, "AcknowledgeIssueSuccess")
        issue = await updates.next_where(
            "the acknowledgement", lambda issue: issue["state"] == "ACKNOWLEDGED"
        )
        step.saw(f"签收人 {issue['acknowledgedBy']['displayName']}  [{in_zh(issue['state'])}]")


async def _triage(stage: Stage, clerk: Person, issue_id: str, updates: Subscription) -> None:
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}定类别和层级，确认公开说明，订阅马上收到。",
        "The clerk triages and confirms the public text; the subscription brings it.",
    ) as step:
        made = await stage.do(
            clerk,
            "TriageIssue",
            "triageIssue",
            issueId=issue_id,
            category="water",
            level="COMMUNITY",
            publicText=_PUBLIC_TEXT,
            place=_PLACE,
        )
        outcome(made, "TriageIssueSuccess")
        issue = await updates.next_where("the triage", lambda issue: issue["state"] == "TRIAGED")
        check(issue["publicText"] == _PUBLIC_TEXT, "the public text", issue)
        step.saw(
            f"{issue['category']['name']}，{in_zh(issue['level'])}。公开说明：{issue['publicText']}"
        )


async def _dismiss(stage: Stage, clerk: Person, intake: Any, reason: str, zh: str, en: str) -> None:
    with stage.narrator.step(clerk.who, zh, en) as step:
        made = await stage.do(
            clerk, "DismissIntake", "dismissIntake", intakeId=intake["id"], reason=reason
        )
        dismissed = outcome(made, "DismissIntakeSuccess")["intake"]
        check(dismissed["dismissalReason"] == reason, f"reason {reason}", dismissed)
        step.saw(f"{intake['redactedText']}  [{in_zh(dismissed['state'])}：{in_zh(reason)}]")

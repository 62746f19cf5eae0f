"""Scenes of the work: assigned, on the spot, two rounds with the water company."""

from datetime import UTC, datetime, timedelta
from typing import Any

from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import at_clock, day_here, in_zh

_PARTY = "供水公司维修所"
_WAIT = timedelta(days=1)


async def assign(stage: Stage, clerk: Person, steward: Person, issue_id: str) -> None:
    """Assign the matter to the clerk and the steward of the estate."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}派单：自己跑供水公司，{steward.who}盯现场。",
        "Assigned to the clerk and to the steward, whom issues knows by an event.",
    ) as step:
        assignees = [clerk.account_id, steward.account_id]

        async def look() -> Any:
            return await stage.do(
                clerk, "AssignIssue", "assignIssue", issueId=issue_id, assigneeIds=assignees
            )

        made = await until(
            "the steward is known to issues",
            look,
            lambda seen: seen["__typename"] != "AssigneeUnknown",
        )
        issue = outcome(made, "AssignIssueSuccess")["issue"]
        step.saw(f"[{in_zh(issue['state'])}]")


async def start(stage: Stage, steward: Person, issue_id: str) -> None:
    """Say that somebody is on the spot."""
    with stage.narrator.step(
        steward.who,
        f"{steward.who}到了三号楼，在手机上点“开始处理”。",
        "The steward is on the spot; he reaches what is assigned to him alone.",
    ) as step:
        made = await stage.do(steward, "StartIssue", "startIssue", issueId=issue_id)
        issue = outcome(made, "StartIssueSuccess")["issue"]
        step.saw(f"[{in_zh(issue['state'])}]  办结期限 {at_clock(issue['handlingClock']['dueAt'])}")


async def first_round(stage: Stage, clerk: Person, issue_id: str) -> None:
    """Get a promise that is broken."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}第一次联系供水公司。承诺没有日子，系统不收；问到了日子才记上。",
        "Round one: a promise without a date is refused; with a date it stands.",
    ) as step:
        dateless = await _record(stage, clerk, issue_id, "说尽快派人来看", {"text": "尽快派人来看"})
        check(dateless["__typename"] == "PromiseWithoutDate", "PromiseWithoutDate", dateless)
        step.saw(f"{dateless['code']}：{dateless['message']}")
        promise = {"text": "今天派人查三号楼的加压泵", "dueOn": _today()}
        made = await _record(stage, clerk, issue_id, "说今天派人来查", promise)
        (first,) = outcome(made, "RecordRoundSuccess")["issue"]["rounds"]
        step.saw(_of_round(first))
    with stage.narrator.step(
        clerk.who,
        "说好的人没有来，记下：没有兑现。",
        "Nobody came: the promise is noted as broken.",
    ) as step:
        broken = await _settle(stage, clerk, issue_id, 1, "BROKEN")
        step.saw(_of_round(broken))


async def second_round(stage: Stage, clerk: Person, issue_id: str) -> None:
    """Get a promise that is kept; while one waits for it the clock stands still."""
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}第二次联系，对方答应今天换好阀门。等对方的时间写明理由和期限，不计入办理时限。",
        "Round two; waiting has a reason and an end, and the clock stands still for so long.",
    ) as step:
        promise = {"text": "换三号楼进水阀门", "dueOn": _today()}
        made = await _record(stage, clerk, issue_id, "派工单已开，今天换阀门", promise)
        _, second = outcome(made, "RecordRoundSuccess")["issue"]["rounds"]
        step.saw(_of_round(second))
        waiting = await stage.do(
            clerk,
            "WaitForParty",
            "waitForParty",
            issueId=issue_id,
            partyKind="WATER",
            reason="等供水公司换阀门",
            until=(datetime.now(UTC) + _WAIT).isoformat(),
        )
        issue = outcome(waiting, "WaitForPartySuccess")["issue"]
        step.saw(f"[{in_zh(issue['state'])}]  等到 {at_clock(issue['waitings'][-1]['until'])}")
    with stage.narrator.step(
        clerk.who,
        "供水公司的人来了，阀门换好：这次按期兑现，时钟接着走。",
        "They came: this promise is kept, and the clock runs on.",
    ) as step:
        kept = await _settle(stage, clerk, issue_id, 2, "KEPT")
        step.saw(_of_round(kept))
        made = await stage.do(clerk, "ResumeIssue", "resumeIssue", issueId=issue_id)
        issue = outcome(made, "ResumeIssueSuccess")["issue"]
        check(issue["waitings"][-1]["until"] is not None, "the waiting with its end", issue)
        step.saw(f"[{in_zh(issue['state'])}]")


async def _record(
    stage: Stage, clerk: Person, issue_id: str, said: str, promise: dict[str, str]
) -> Any:
    return await stage.do(
        clerk,
        "RecordRound",
        "recordRound",
        issueId=issue_id,
        party=_PARTY,
        partyKind="WATER",
        at=datetime.now(UTC).isoformat(),
        said=said,
        promised=promise,
    )


async def _settle(
    stage: Stage, clerk: Person, issue_id: str, number: int, how: str
) -> dict[str, Any]:
    made = await stage.do(
        clerk,
        "SettlePromise",
        "settlePromise",
        issueId=issue_id,
        round=number,
        outcome=how,
        at=datetime.now(UTC).isoformat(),
    )
    rounds = outcome(made, "SettlePromiseSuccess")["issue"]["rounds"]
    settled: dict[str, Any] = rounds[number - 1]
    check(settled["promise"]["state"] == how, f"the promise is {how}", settled)
    return settled


def _today() -> str:
    return day_here(datetime.now(UTC)).isoformat()


def _of_round(made: Any) -> str:
    promise = made["promise"]
    return (
        f"第 {made['number']} 次 {made['party']}：承诺 {promise['dueOn']} 前，"
        f"{in_zh(promise['state'])}"
    )

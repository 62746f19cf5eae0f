"""Scenes of the thanks: the reporter rates, and is given a red packet; another she claims."""

from typing import Any

from story.chapter_two.campaigns import Campaigns
from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_yuan, in_zh

_RATING = 5
_LONGEST_PAGE = 100


async def rate(stage: Stage, clerk: Person, reporter: Person, issue_id: str) -> None:
    """Rate what was done; nobody else may, and a second time is refused."""
    with stage.narrator.step(
        reporter.who,
        f"{reporter.who}打{_RATING}分，确认解决。旁人替她评不了，经手人也不行。",
        "She rates; who handled the matter may not do it for her, nor may she do it twice.",
    ) as step:
        handler = await stage.do(
            clerk,
            "ConfirmIssueOnBehalf",
            "confirmIssueOnBehalf",
            issueId=issue_id,
            rating=_RATING,
            how="PHONE",
        )
        check(handler["__typename"] == "HandlerMayNotRate", "HandlerMayNotRate", handler)
        step.saw(f"{clerk.who}：{handler['code']}：{handler['message']}")
        made = await stage.do(
            reporter, "ConfirmIssue", "confirmIssue", issueId=issue_id, rating=_RATING
        )
        confirmed = outcome(made, "ConfirmIssueSuccess")
        again = await stage.do(reporter, "ConfirmIssue", "confirmIssue", issueId=issue_id, rating=1)
        check(again["__typename"] == "IssueAlreadyConfirmed", "IssueAlreadyConfirmed", again)
        step.saw(f"[{in_zh(confirmed['state'])}]  再评一次：{again['code']}")


async def gets_reward(stage: Stage, reporter: Person, issue_id: str) -> Any:
    """Wait for the red packet that thanks for this matter; return it."""
    with stage.narrator.step(
        "系统",
        "确认的消息到了红卡，红包自动到账，只到一次。",
        "By an event the confirmation earns one red packet, and one alone.",
    ) as step:

        async def look() -> list[Any]:
            answer = await stage.ask(reporter, "MyVouchers", first=_LONGEST_PAGE)
            nodes = answer.field("myVouchers")["nodes"]
            return [each for each in nodes if each["sourceId"] == issue_id]

        (voucher,) = await until("the reward is hers", look, bool)
        check(voucher["claimedHow"] == "REWARD", "a reward", voucher)
        step.saw(_of_voucher(voucher))
    return voucher


async def claim(stage: Stage, reporter: Person, campaigns: Campaigns) -> None:
    """Claim one herself; the same request again is the same voucher, another finds the cap."""
    with stage.narrator.step(
        reporter.who,
        f"{reporter.who}自己领一张惠民券。连点两下还是一张，再领就超过每人一张了。",
        "She claims one; the same request again is the same, another is over the cap.",
    ) as step:
        given = {
            "requestId": stage.request_id("claim"),
            "campaignId": campaigns.to_claim_from,
        }
        first = (await stage.ask(reporter, "ClaimVoucher", input=given)).field("claimVoucher")
        voucher = outcome(first, "ClaimVoucherSuccess")["voucher"]
        repeat = (await stage.ask(reporter, "ClaimVoucher", input=given)).field("claimVoucher")
        check(
            outcome(repeat, "ClaimVoucherSuccess")["voucher"]["id"] == voucher["id"],
            "the same voucher",
            repeat,
        )
        more = await stage.do(
            reporter, "ClaimVoucher", "claimVoucher", campaignId=campaigns.to_claim_from
        )
        check(more["__typename"] == "PersonCapReached", "outcome PersonCapReached", more)
        step.saw(f"{voucher['id']}  {in_yuan(voucher['remainingFen'])}")
        step.saw(f"{more['code']}：{more['message']}")


def _of_voucher(voucher: Any) -> str:
    return (
        f"{voucher['campaignTitle']} {in_yuan(voucher['remainingFen'])}  "
        f"[{in_zh(voucher['claimedHow'])}，{in_zh(voucher['state'])}]"
    )

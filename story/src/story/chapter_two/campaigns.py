"""Scenes of the red card: campaigns are drafted by one, approved by another, and minted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from story.graph import outcome
from story.stage import Office, Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_yuan, in_zh

MINIMUM_SPEND_FEN = 3_000
REWARD_FEN = 1_000
# A person's cap allows as many rewards as a campaign lasts days.
_DAYS_OF_THANKS = 15
_CLAIMED_WITHIN, _USED_WITHIN = timedelta(days=60), timedelta(days=90)


@dataclass(frozen=True)
class Campaigns:
    """The live campaigns: one that thanks whoever rates a matter, one that people claim from."""

    thanks: str
    to_claim_from: str


@dataclass(frozen=True)
class _Plan:
    title: str
    face_value_fen: int
    stock: int
    per_person: int
    reward_for: str | None = None

    @property
    def budget_fen(self) -> int:
        return self.face_value_fen * self.stock

    def terms(self, *, budget_fen: int) -> dict[str, object]:
        now = datetime.now(UTC)
        return {
            "title": self.title,
            "funder": {"kind": "COMMITTEE", "name": "八家庄社区居委会"},
            "kind": "RED_PACKET",
            "faceValueFen": self.face_value_fen,
            "minimumSpendFen": MINIMUM_SPEND_FEN,
            "stock": self.stock,
            "budgetFen": budget_fen,
            "perPerson": self.per_person,
            "perHousehold": self.per_person,
            "claimFrom": now.isoformat(),
            "claimUntil": (now + _CLAIMED_WITHIN).isoformat(),
            "useUntil": (now + _USED_WITHIN).isoformat(),
            "rewardFor": self.reward_for,
        }


_THANKS = _Plan("好邻居红包", REWARD_FEN, 60, _DAYS_OF_THANKS, reward_for="ISSUE_CONFIRMED")
_TO_CLAIM_FROM = _Plan("惠民红包", 500, 20, 1)


async def have_campaigns(stage: Stage, office: Office) -> Campaigns:
    """Have both live: that of today to claim from, and that which thanks for some days."""
    thanks = stage.demo.thanks_campaigns
    number = (stage.day - 1) // _DAYS_OF_THANKS
    is_there = number < len(thanks)
    plans = [_TO_CLAIM_FROM] if is_there else [_TO_CLAIM_FROM, _THANKS]
    drafted = await _draft(stage, office.clerk, plans)
    await _approve(stage, office, drafted)
    await _see_minted(stage, office.clerk, drafted, plans)
    if not is_there:
        thanks.append(drafted[1])
        stage.remember()
    return Campaigns(thanks=thanks[number], to_claim_from=drafted[0])


async def _draft(stage: Stage, clerk: Person, plans: Sequence[_Plan]) -> list[str]:
    with stage.narrator.step(
        clerk.who,
        f"{clerk.who}拟红包活动；预算少一分钱，系统也不收。",
        "The clerk drafts campaigns; a budget one fen too small is refused.",
    ) as step:
        plan = plans[0]
        short = plan.terms(budget_fen=plan.budget_fen - 1)
        refused = await stage.do(clerk, "DraftCampaign", "draftCampaign", terms=short)
        check(refused["__typename"] == "BudgetTooSmall", "outcome BudgetTooSmall", refused)
        step.saw(f"{refused['code']}：{refused['message']}")
        drafted = []
        for plan in plans:
            terms = plan.terms(budget_fen=plan.budget_fen)
            made = await stage.do(clerk, "DraftCampaign", "draftCampaign", terms=terms)
            drafted.append(str(outcome(made, "DraftCampaignSuccess")["campaign"]["id"]))
            step.saw(
                f"{plan.title}：{in_yuan(plan.face_value_fen)} × {plan.stock}，"
                f"预算{in_yuan(plan.budget_fen)}，满{in_yuan(MINIMUM_SPEND_FEN)}可用"
            )
    return drafted


async def _approve(stage: Stage, office: Office, drafted: Sequence[str]) -> None:
    secretary = office.secretary
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}批准：拟的人和批的人不是同一个。",
        "The secretary approves: whoever drafted it may not.",
    ) as step:
        given = {
            "requestId": stage.request_id("approve"),
            "campaignId": drafted[0],
            "termsNumber": 1,
        }
        refused = await stage.ask(office.clerk, "ApproveCampaign", input=given)
        check(refused.error_codes == ("FORBIDDEN",), "refused: FORBIDDEN", refused.body)
        step.saw(f"{office.clerk.who}：{refused.error_codes[0]}")
        for campaign_id in drafted:
            read = (await stage.ask(secretary, "Campaign", id=campaign_id)).field("campaign")
            made = await stage.do(
                secretary,
                "ApproveCampaign",
                "approveCampaign",
                campaignId=campaign_id,
                termsNumber=read["termsNumber"],
            )
            campaign = outcome(made, "ApproveCampaignSuccess")["campaign"]
            step.saw(f"{secretary.who}：{in_zh(campaign['state'])}")


async def _see_minted(
    stage: Stage, clerk: Person, drafted: Sequence[str], plans: Sequence[_Plan]
) -> None:
    with stage.narrator.step(
        "系统",
        "红包一个不多、一个不少地制好，活动开始。",
        "The vouchers are minted, no more and no fewer; the campaigns are live.",
    ) as step:
        for campaign_id, plan in zip(drafted, plans, strict=True):

            async def look(campaign_id: str = campaign_id) -> Any:
                return (await stage.ask(clerk, "Campaign", id=campaign_id)).field("campaign")

            campaign = await until(
                "the campaign is live", look, lambda seen: seen["state"] == "LIVE"
            )
            check(campaign["minted"] == plan.stock, f"{plan.stock} vouchers", campaign)
            step.saw(f"{plan.title}：{campaign['minted']} 个  [{in_zh(campaign['state'])}]")

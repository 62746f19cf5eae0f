"""What the home page shows: every person of the town has each of its rows."""

import asyncio
from typing import Any

from local_stack.acting.inhabitants import Inhabitant
from local_stack.acting.staff_of_town import hire
from local_stack.acting.town import Refused, Town
from local_stack.acting.waiting import eventually

from benchmarks.campaign_terms import red_packets
from benchmarks.operations import kept_operation

_MATTERS = (
    ("楼道灯坏了", "三号楼二单元楼道灯不亮", "lighting"),
    ("东门门禁坏了", "东门门禁刷不开", "security"),
    ("路面有坑", "五号楼前路面破损", "road"),
    ("水管漏水", "六号楼一层水管漏水", "water"),
    ("电梯异响", "二号楼电梯有异响", "elevator"),
    ("垃圾没清", "西门垃圾桶满溢", "sanitation"),
)
_CATEGORIES = "query Categories { issueCategories { code } }"
_CAMPAIGN = "query Campaign($id: ID!) { campaign(id: $id) { state } }"
_ISSUE = "query Issue($id: ID!) { issue(id: $id) { id } }"
_CAMPAIGNS, _FOLLOWED = 3, 3
_AT_ONCE = 8
_WITHIN_SECONDS = 180.0


async def fill_home(town: Town, inhabitants: list[Inhabitant]) -> None:
    """Open public issues and campaigns; let everybody follow and claim three of each.

    Returns when each person's page has every row. Raises: Refused; AssertionError, when it has
    not come so far in time.
    """
    issues = await _public_issues(town)
    campaigns = await _live_campaigns(town, stock=len(inhabitants))
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int, inhabitant: Inhabitant) -> None:
        async with gate:
            for at in range(_FOLLOWED):
                await _follow(town, inhabitant, issues[(number + at) % len(issues)])
            for campaign_id in campaigns:
                await _claim(town, inhabitant, campaign_id)

    await asyncio.gather(*(one(*each) for each in enumerate(inhabitants)))
    await town.renew()
    secretary = (await town.data("query Me { me { id } }"))["me"]["id"]
    for issue_id in issues:
        await town.do("AssignIssue", "assignIssue", issueId=issue_id, assigneeIds=[secretary])
    home = kept_operation("miniprogram", "Home").document
    for inhabitant in inhabitants:

        async def is_full(token: str = inhabitant.token) -> bool:
            page = await town.data_as(token, home, communityId=town.community_id)
            return not what_is_missing(page)

        await eventually(is_full, within_seconds=_WITHIN_SECONDS)


def what_is_missing(page: Any) -> list[str]:
    """Return which parts of a home page have fewer rows than they can show."""
    rows = {
        "bindings": (len(page["me"]["bindings"]), 1),
        "myHouseholds": (len(page["myHouseholds"]), 1),
        "myNotices": (len(page["myNotices"]["nodes"]), 3),
        "myIssues": (len(page["myIssues"]["nodes"]), _FOLLOWED),
        "publicIssues": (len(page["publicIssues"]["nodes"]), 5),
        "liveCampaigns": (len(page["liveCampaigns"]), _CAMPAIGNS),
        "myVouchers": (len(page["myVouchers"]["nodes"]), _CAMPAIGNS),
        "unreadNotices": (page["unreadNotices"], 2 * _CAMPAIGNS),
    }
    missing = [name for name, (seen, wanted) in rows.items() if seen < wanted]
    return missing if page["me"]["maskedPhone"] else ["maskedPhone", *missing]


async def _public_issues(town: Town) -> list[str]:
    known = {each["code"] for each in (await town.data(_CATEGORIES))["issueCategories"]}
    for text, _, _ in _MATTERS:
        await town.comment("居民", text)
    await _arrived(town)
    by_text = {node["comment"]["text"]: node["id"] for node in await town.inbox()}
    opened = []
    for text, public_text, category in _MATTERS:
        given = {"category": category if category in known else min(known), "hazard": True}
        made = await town.do("OpenIssue", "openIssue", intakeId=by_text[text], **given)
        issue_id = made["intake"]["issueId"]

        async def is_there(issue_id: str = issue_id) -> bool:
            return (await town.data(_ISSUE, id=issue_id))["issue"] is not None

        await eventually(is_there, within_seconds=_WITHIN_SECONDS)
        await town.do("AcknowledgeIssue", "acknowledgeIssue", issueId=issue_id)
        triage = {"category": given["category"], "level": "COMMUNITY", "publicText": public_text}
        await town.do("TriageIssue", "triageIssue", issueId=issue_id, **triage)
        opened.append(issue_id)
    return opened


async def _arrived(town: Town) -> None:
    async def have() -> bool:
        seen = {node["comment"]["text"] for node in await town.inbox()}
        return all(text in seen for text, _, _ in _MATTERS)

    await eventually(have, within_seconds=_WITHIN_SECONDS)


async def _live_campaigns(town: Town, *, stock: int) -> list[str]:
    clerk = await hire(town, "CLERK")
    live = []
    for number in range(_CAMPAIGNS):
        terms = red_packets(f"邻里消费红包{number + 1}", stock)
        drafted = await town.do_as(clerk, "DraftCampaign", "draftCampaign", terms=terms)
        campaign_id = drafted["campaign"]["id"]
        await town.do("ApproveCampaign", "approveCampaign", campaignId=campaign_id, termsNumber=1)

        async def is_live(campaign_id: str = campaign_id) -> bool:
            seen = (await town.data_as(clerk, _CAMPAIGN, id=campaign_id))["campaign"]
            return bool(seen["state"] == "LIVE")

        await eventually(is_live, within_seconds=_WITHIN_SECONDS)
        live.append(campaign_id)
    return live


async def _follow(town: Town, inhabitant: Inhabitant, issue_id: str) -> None:
    document = kept_operation("miniprogram", "FollowIssue").document
    given = {"requestId": f"follow-{issue_id}", "issueId": issue_id}
    made = await town.data_as(inhabitant.token, document, input=given)
    if made["followIssue"]["__typename"] != "FollowIssueSuccess":
        raise Refused(str(made))


async def _claim(town: Town, inhabitant: Inhabitant, campaign_id: str) -> None:
    """Claim as soon as vouchers has heard where the person lives."""
    document = kept_operation("miniprogram", "ClaimVoucher").document
    given = {"requestId": f"claim-{campaign_id}", "campaignId": campaign_id}

    async def claimed() -> bool:
        made = (await town.data_as(inhabitant.token, document, input=given))["claimVoucher"]
        if made["__typename"] not in {"ClaimVoucherSuccess", "NotEligible"}:
            raise Refused(str(made))
        return bool(made["__typename"] == "ClaimVoucherSuccess")

    await eventually(claimed, within_seconds=_WITHIN_SECONDS)

"""Merchants and campaigns as the office brings them about, through the api."""

from datetime import timedelta
from typing import Any

from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.testing_waits import until

from .documents import APPROVE_CAMPAIGN, APPROVE_MERCHANT, CAMPAIGN, DRAFT, REGISTER
from .graph import Graph, Person

CREDIT_CODE = "91350100M000100Y43"


def new_merchant(**changed: object) -> dict[str, Any]:
    """A business, as it is registered."""
    return {
        "requestId": new_id("request"),
        "name": "八家庄面馆",
        "creditCode": CREDIT_CODE,
        "business": "CATERING",
        "isAllianceMember": True,
        "contactName": "王桂兰",
        "contactPhone": "13812345678",
        "payeeName": "王桂兰",
        "payeeAccountNumber": "6222020200012345678",
        **changed,
    }


def new_terms(**changed: object) -> dict[str, Any]:
    """Twenty red packets of 20 yuan for bills from 50 yuan, from now on."""
    now = utc_now()
    return {
        "title": "邻里消费红包",
        "funder": {"kind": "COMMITTEE", "name": "社区居委会"},
        "kind": "RED_PACKET",
        "faceValueFen": 2_000,
        "minimumSpendFen": 5_000,
        "stock": 20,
        "budgetFen": 50_000,
        "perPerson": 1,
        "perHousehold": 2,
        "claimFrom": now.isoformat(),
        "claimUntil": (now + timedelta(days=7)).isoformat(),
        "useUntil": (now + timedelta(days=30)).isoformat(),
        **changed,
    }


def done(outcome: dict[str, Any], kind: str) -> dict[str, Any]:
    """What a mutation has made or changed."""
    assert outcome["__typename"].endswith("Success"), outcome
    made: dict[str, Any] = outcome[kind]
    return made


async def approved_merchant(
    graph: Graph, clerk: Person, secretary: Person, **changed: object
) -> dict[str, Any]:
    """A merchant that may take vouchers."""
    outcome = await graph.ask(clerk, REGISTER, input=new_merchant(**changed))
    merchant = done(outcome, "merchant")
    approve = {"requestId": new_id("request"), "merchantId": merchant["id"]}
    return done(await graph.ask(secretary, APPROVE_MERCHANT, input=approve), "merchant")


async def approved_campaign(
    graph: Graph, clerk: Person, secretary: Person, **terms: object
) -> dict[str, Any]:
    """A campaign whose vouchers are about to be made."""
    draft = {"requestId": new_id("request"), "terms": new_terms(**terms)}
    campaign = done(await graph.ask(clerk, DRAFT, input=draft), "campaign")
    approve = {
        "requestId": new_id("request"),
        "campaignId": campaign["id"],
        "termsNumber": campaign["termsNumber"],
    }
    return done(await graph.ask(secretary, APPROVE_CAMPAIGN, input=approve), "campaign")


async def until_it_is(
    state: str, graph: Graph, person: Person, campaign_id: str, *, within_seconds: float = 20
) -> dict[str, Any]:
    """Wait for a campaign to stand so. Returns: the campaign."""

    async def seen() -> dict[str, Any] | None:
        campaign: dict[str, Any] = await graph.ask(person, CAMPAIGN, id=campaign_id)
        return campaign if campaign["state"] == state else None

    campaign = await until(seen, within_seconds=within_seconds)
    assert isinstance(campaign, dict)
    return campaign

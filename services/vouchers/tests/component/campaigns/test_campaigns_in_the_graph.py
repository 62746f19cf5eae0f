"""Campaigns through the api; the worker makes their vouchers, killed in the middle or not."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.testing_waits import until
from local_stack.leash import Leash

from ..documents import APPROVE_CAMPAIGN, CAMPAIGN, CAMPAIGNS, DRAFT, END, PAUSE, RESUME
from ..graph import Graph, Person
from ..kafka import told
from ..office import (
    approved_campaign,
    approved_merchant,
    done,
    new_terms,
    until_it_is,
)
from ..processes import Process, environment_for, run_command

MANY = 20_000
"""So many that no worker makes all of them before it can be killed."""


async def test_a_campaign_goes_live_with_every_voucher_there(
    graph: Graph,
    clerk: Person,
    secretary: Person,
    store: Store,
    kafka_bootstrap_servers: str,
    community_id: str,
) -> None:
    merchant = await approved_merchant(graph, clerk, secretary)

    approved = await approved_campaign(graph, clerk, secretary, merchantIds=[merchant["id"]])
    live = await until_it_is("LIVE", graph, clerk, approved["id"])

    assert approved["makers"] == [clerk.account_id]
    assert approved["approvedBy"] == secretary.account_id
    assert live["minted"] == 20
    assert live["merchants"] == [{"id": merchant["id"], "name": merchant["name"]}]
    assert await vouchers_of(store, approved["id"]) == expected_ids(approved["id"], 20)
    events = await told(kafka_bootstrap_servers, community_id, at_least=3)
    assert [event["type"] for event in events if "campaign_id" in event] == [
        "campaign.approved.v1",
        "campaign.live.v1",
    ]


async def test_a_pause_and_an_end_reach_every_voucher(
    graph: Graph, clerk: Person, secretary: Person, store: Store
) -> None:
    approved = await approved_campaign(graph, clerk, secretary, stock=1_200, faceValueFen=1)
    campaign_id = approved["id"]
    await until_it_is("LIVE", graph, clerk, campaign_id)

    for number, (document, paused, ended) in enumerate(
        [(PAUSE, True, False), (RESUME, False, False), (END, False, True)]
    ):
        order = {"requestId": f"r-{number}", "campaignId": campaign_id}
        done(await graph.ask(secretary, document, input=order), "campaign")
        where = {
            "community_id": clerk.community_id,
            "campaign_id": campaign_id,
            "is_paused": paused,
            "is_ended": ended,
        }

        async def all_know(where: dict[str, object] = where) -> bool:
            return await store.collection("vouchers").count(where) == 1_200

        await until(all_know)

    ended = await graph.ask(clerk, CAMPAIGN, id=campaign_id)
    assert (ended["state"], ended["endedBy"]) == ("ENDED", secretary.account_id)


async def test_two_approvals_at_once_are_one(
    graph: Graph,
    clerk: Person,
    person_as: Callable[..., Person],
    kafka_bootstrap_servers: str,
    community_id: str,
) -> None:
    draft = {"requestId": "d-1", "terms": new_terms()}
    campaign = done(await graph.ask(clerk, DRAFT, input=draft), "campaign")
    secretaries = [person_as("secretary") for _ in range(6)]
    order = {"requestId": "a-1", "campaignId": campaign["id"], "termsNumber": 1}

    outcomes = await asyncio.gather(
        *(graph.ask(each, APPROVE_CAMPAIGN, input=order) for each in secretaries)
    )

    codes = sorted(outcome.get("code", "approved") for outcome in outcomes)
    assert codes == ["CAMPAIGN_NOT_DRAFT"] * 5 + ["approved"]
    events = await told(kafka_bootstrap_servers, community_id, at_least=2)
    assert [each["type"] for each in events] == ["campaign.approved.v1", "campaign.live.v1"]


async def test_refusals_have_a_code_and_change_nothing(
    graph: Graph, clerk: Person, secretary: Person, person_as: Callable[..., Person]
) -> None:
    async def refused(person: Person, **terms: object) -> str:
        draft = {"requestId": new_id("r"), "terms": new_terms(**terms)}
        outcome = await graph.ask(person, DRAFT, input=draft)
        assert outcome["message"].endswith("。")
        return str(outcome["code"])

    assert await refused(clerk, budgetFen=39_999) == "BUDGET_TOO_SMALL"
    assert await refused(clerk, stock=200_001) == "STOCK_INVALID"
    assert await refused(clerk, faceValueFen=100_001) == "FACE_VALUE_INVALID"
    assert await refused(clerk, merchantIds=["merchant_none"]) == "MERCHANT_NOT_FOUND"
    backwards = {"requestId": "b", "terms": new_terms(claimUntil="2026-01-01T00:00:00+08:00")}
    assert (await graph.ask(clerk, DRAFT, input=backwards))["code"] == "WINDOW_INVALID"
    no_offset = {"requestId": "b", "terms": new_terms(claimUntil="2026-12-01T00:00:00")}
    assert await graph.refusal(clerk, DRAFT, input=no_offset) == "BAD_USER_INPUT"
    fraction = {"requestId": "b", "terms": new_terms(faceValueFen=0.5)}
    assert "errors" in await graph.answer(clerk, DRAFT, input=fraction)
    assert (await graph.ask(clerk, CAMPAIGNS))["edges"] == []

    own = {"requestId": "own", "terms": new_terms()}
    campaign = done(await graph.ask(secretary, DRAFT, input=own), "campaign")
    order = {"requestId": "a", "campaignId": campaign["id"], "termsNumber": 1}
    by_maker = await graph.ask(secretary, APPROVE_CAMPAIGN, input=order)
    assert by_maker["code"] == "MAKER_MAY_NOT_APPROVE"
    unread = {**order, "termsNumber": 2}
    unread_by_another = await graph.ask(person_as("secretary"), APPROVE_CAMPAIGN, input=unread)
    assert unread_by_another["code"] == "CAMPAIGN_TERMS_CHANGED"
    stranger = person_as("secretary", community_id=new_id("community"))
    elsewhere = await graph.ask(stranger, APPROVE_CAMPAIGN, input=order)
    assert elsewhere["code"] == "CAMPAIGN_NOT_FOUND"
    assert await graph.ask(clerk, CAMPAIGN, id=campaign["id"]) == campaign
    assert await graph.ask(stranger, CAMPAIGN, id=campaign["id"]) is None


async def test_a_worker_killed_in_the_middle_leaves_the_same_vouchers(
    graph: Graph,
    clerk: Person,
    secretary: Person,
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    jwks_url: str,
    tmp_path: Path,
    leash: Leash,
) -> None:
    environment = environment_for(mongodb_uri, kafka_bootstrap_servers, jwks_url, tmp_path)
    await asyncio.to_thread(run_command, environment, "create-indexes")
    store = Store.connect(mongodb_uri, environment["MONGODB_DATABASE"])
    (tmp_path / "second").mkdir()
    with Process("api", environment, folder=tmp_path, leash=leash) as api:
        own = Graph(api.address)
        with Process("worker", environment, folder=tmp_path, leash=leash) as first:
            approved = await approved_campaign(
                own, clerk, secretary, stock=MANY, faceValueFen=1, budgetFen=MANY
            )
            campaign_id = approved["id"]

            async def some_are_there() -> int:
                return await store.collection("vouchers").count({}, limit=1)

            await until(some_are_there, within_seconds=30)
            first.kill()
        there = await vouchers_of(store, campaign_id)
        half = await own.ask(clerk, CAMPAIGN, id=campaign_id)
        assert half["state"] == "MINTING"
        assert 0 < len(there) < MANY

        second = Process("worker", environment, folder=tmp_path / "second", leash=leash)
        with second:
            live = await until_it_is("LIVE", own, clerk, campaign_id, within_seconds=120)

        assert live["minted"] == MANY
        minted = await vouchers_of(store, campaign_id)
        assert there <= minted
        assert minted == expected_ids(campaign_id, MANY)
        await own.close()
    await store.close()


async def vouchers_of(store: Store, campaign_id: str) -> set[str]:
    found = await store.collection("vouchers").find({"campaign_id": campaign_id}, fields={"_id": 1})
    return {str(each["_id"]) for each in found}


def expected_ids(campaign_id: str, stock: int) -> set[str]:
    """A voucher is named by its campaign and slot."""
    return {derived_id("voucher", campaign_id, str(slot)) for slot in range(stock)}

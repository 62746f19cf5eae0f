"""Merchants through the api, and what the others hear of them."""

import asyncio
from collections.abc import Callable
from typing import Any

from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_waits import until

from ..documents import (
    ADD_STORE,
    APPROVE_MERCHANT,
    MERCHANT,
    MERCHANTS,
    REGISTER,
    REINSTATE,
    SUSPEND,
)
from ..graph import Graph, Person
from ..kafka import Others, told
from ..office import CREDIT_CODE, approved_merchant, done, new_merchant


async def test_a_merchant_is_registered_let_in_shut_out_and_let_in_again(
    graph: Graph,
    clerk: Person,
    secretary: Person,
    kafka_bootstrap_servers: str,
    community_id: str,
) -> None:
    merchant = await approved_merchant(graph, clerk, secretary)
    store = {
        "requestId": "s-1", "merchantId": merchant["id"], "name": "一店", "address": "东街 1 号",
    }  # fmt: skip
    added = await graph.ask(clerk, ADD_STORE, input=store)
    suspend = {"requestId": "x-1", "merchantId": merchant["id"], "reason": "多次拒收消费券"}
    suspended = done(await graph.ask(secretary, SUSPEND, input=suspend), "merchant")
    reinstate = {"requestId": "x-2", "merchantId": merchant["id"]}
    again = done(await graph.ask(secretary, REINSTATE, input=reinstate), "merchant")

    assert merchant["approvedBy"] == secretary.account_id
    assert merchant["contact"] == {"maskedName": "王**", "maskedPhone": "138****5678"}
    assert merchant["payee"] == {"maskedName": "王**", "maskedAccountNumber": "****5678"}
    assert suspended["suspensionReason"] == "多次拒收消费券"
    assert [each["id"] for each in again["stores"]] == [added["store"]["id"]]
    events = await told(kafka_bootstrap_servers, community_id, at_least=3)
    assert [event["type"] for event in events] == [
        "merchant.approved.v1",
        "merchant.suspended.v1",
        "merchant.approved.v1",
    ]
    assert events[2]["store_ids"] == [added["store"]["id"]]


async def test_what_is_of_people_or_money_is_not_in_clear_in_the_store(
    graph: Graph, clerk: Person, secretary: Person, store: Store
) -> None:
    merchant = await approved_merchant(graph, clerk, secretary)
    suspend = {"requestId": "x-1", "merchantId": merchant["id"], "reason": "多次拒收消费券"}
    await graph.ask(secretary, SUSPEND, input=suspend)

    stored = await store.collection("merchants").find_one({"_id": merchant["id"]})

    assert stored is not None
    assert stored["credit_code"] == CREDIT_CODE
    for words in ("王桂兰", "13812345678", "6222020200012345678", "多次拒收消费券"):
        assert words not in repr(stored)
        assert words.encode() not in b"".join(v for v in stored.values() if isinstance(v, bytes))


async def test_two_who_register_one_business_at_once_make_one(
    graph: Graph, person_as: Callable[..., Person], secretary: Person
) -> None:
    clerks = [person_as("clerk") for _ in range(6)]

    outcomes = await asyncio.gather(
        *(graph.ask(each, REGISTER, input=new_merchant()) for each in clerks)
    )

    codes = sorted(outcome.get("code", "made") for outcome in outcomes)
    assert codes == ["CREDIT_CODE_TAKEN"] * 5 + ["made"]
    assert len((await graph.ask(secretary, MERCHANTS))["edges"]) == 1


async def test_two_approvals_at_once_are_one(
    graph: Graph,
    person_as: Callable[..., Person],
    clerk: Person,
    kafka_bootstrap_servers: str,
    community_id: str,
) -> None:
    made = done(await graph.ask(clerk, REGISTER, input=new_merchant()), "merchant")
    secretaries = [person_as("secretary") for _ in range(6)]
    approve = {"requestId": "a", "merchantId": made["id"]}

    outcomes = await asyncio.gather(
        *(graph.ask(each, APPROVE_MERCHANT, input=approve) for each in secretaries)
    )

    codes = sorted(outcome.get("code", "approved") for outcome in outcomes)
    assert codes == ["MERCHANT_NOT_WAITING"] * 5 + ["approved"]
    assert len(await told(kafka_bootstrap_servers, community_id, at_least=1)) == 1


async def test_refusals_have_a_code_and_change_nothing(
    graph: Graph, clerk: Person, secretary: Person, person_as: Callable[..., Person]
) -> None:
    own = done(await graph.ask(secretary, REGISTER, input=new_merchant()), "merchant")
    stranger = person_as("secretary", community_id=new_id("community"))

    async def code_of(person: Person, document: str, **given: Any) -> str:
        outcome = await graph.ask(person, document, input={"requestId": new_id("r"), **given})
        assert outcome["message"].endswith("。")
        return str(outcome["code"])

    wrong = new_merchant(creditCode="91350100M000100Y44")
    assert await code_of(clerk, REGISTER, **wrong) == "CREDIT_CODE_INVALID"
    by_maker = await code_of(secretary, APPROVE_MERCHANT, merchantId=own["id"])
    assert by_maker == "MAKER_MAY_NOT_APPROVE"
    elsewhere = await code_of(stranger, APPROVE_MERCHANT, merchantId=own["id"])
    assert elsewhere == "MERCHANT_NOT_FOUND"
    early = await code_of(secretary, SUSPEND, merchantId=own["id"], reason="多次拒收消费券")
    assert early == "MERCHANT_NOT_APPROVED"
    forbidden = {"requestId": "r", "merchantId": own["id"]}
    assert await graph.refusal(clerk, APPROVE_MERCHANT, input=forbidden) == "FORBIDDEN"

    assert await graph.ask(clerk, MERCHANT, id=own["id"]) == own
    assert await graph.ask(stranger, MERCHANT, id=own["id"]) is None


async def test_a_till_reads_its_merchant_until_its_session_is_ended(
    graph: Graph,
    clerk: Person,
    secretary: Person,
    person_as: Callable[..., Person],
    others: Others,
) -> None:
    merchant = await approved_merchant(graph, clerk, secretary)
    other = await approved_merchant(graph, clerk, secretary, creditCode="9144030071526726XG")
    till = person_as("merchant", scope=[merchant["id"]], client="till", prefix="client")

    assert (await graph.ask(till, MERCHANT, id=merchant["id"]))["id"] == merchant["id"]
    assert await graph.ask(till, MERCHANT, id=other["id"]) is None
    assert await graph.refusal(till, MERCHANTS) == "FORBIDDEN"

    await others.end_session(till.session_id, till.community_id, utc_now())

    async def is_out() -> bool:
        return "errors" in await graph.answer(till, MERCHANT, id=merchant["id"])

    await until(is_out, within_seconds=5)
    assert await graph.refusal(till, MERCHANT, id=merchant["id"]) == "UNAUTHENTICATED"

"""Consent is given, read and taken back, through the real service."""

from residents.domain.archive.residents import Resident

from ..graph import Graph
from .documents import (
    CONSENTS_OF,
    GIVE,
    MY_CONSENTS,
    POLICIES,
    RECORD,
    RECORD_WITHDRAWAL,
    WITHDRAW,
)

LOGIN = {"requestId": "c1", "purpose": "ACCOUNT"}


async def test_anybody_reads_what_they_would_agree_to(graph: Graph) -> None:
    policies = await graph.ask(POLICIES)

    assert {it["purpose"]: it["version"] for it in policies} == {
        "ACCOUNT": 1,
        "HOUSEHOLD_BINDING": 1,
    }


async def test_a_resident_agrees_and_takes_it_back(
    as_resident: Graph, as_clerk: Graph, resident: Resident
) -> None:
    given = await as_resident.ask(GIVE, input=LOGIN | {"policyVersion": 1})
    assert given["consent"]["channel"] == "ONLINE"
    assert await _given_to(as_clerk, resident) == ["ACCOUNT"]

    taken = await as_resident.ask(WITHDRAW, input=LOGIN | {"requestId": "w1"})
    assert taken["consent"]["withdrawnAt"] is not None
    assert await _given_to(as_clerk, resident) == []
    own = await as_resident.ask(MY_CONSENTS)
    assert [it["history"] for it in own if it["policy"]["purpose"] == "ACCOUNT"] == [
        [{"channel": "ONLINE"}]
    ]
    again = await as_resident.ask(WITHDRAW, input=LOGIN | {"requestId": "w2"})
    assert again["code"] == "CONSENT_NOT_FOUND"


async def test_a_text_that_does_not_count_is_not_agreed_to(as_resident: Graph) -> None:
    refused = await as_resident.ask(GIVE, input=LOGIN | {"policyVersion": 2})

    assert refused["code"] == "POLICY_NOT_CURRENT"
    assert not any(it["isGiven"] for it in await as_resident.ask(MY_CONSENTS))


async def test_staff_write_down_what_is_said_at_the_counter(
    as_clerk: Graph, as_resident: Graph, as_stranger: Graph, resident: Resident
) -> None:
    said = LOGIN | {"residentId": resident.id, "channel": "WRITTEN"}
    given = await as_clerk.ask(RECORD, input=said | {"policyVersion": 1})
    assert given["consent"]["channel"] == "WRITTEN"
    own = await as_resident.ask(MY_CONSENTS)
    assert [it["policy"]["purpose"] for it in own if it["isGiven"]] == ["ACCOUNT"]

    online = await as_clerk.ask(
        RECORD, input=said | {"policyVersion": 1, "channel": "ONLINE", "requestId": "c2"}
    )
    assert online["code"] == "CONSENT_CHANNEL_INVALID"
    elsewhere = await as_stranger.ask(RECORD, input=said | {"policyVersion": 1})
    assert elsewhere["code"] == "RESIDENT_NOT_FOUND"
    assert await as_resident.refusal(RECORD, input=said | {"policyVersion": 1}) == "FORBIDDEN"
    assert await as_stranger.ask(CONSENTS_OF, resident=resident.id) is None

    back = await as_clerk.ask(
        RECORD_WITHDRAWAL, input=said | {"channel": "PHONE", "requestId": "w1"}
    )
    assert back["consent"]["withdrawnChannel"] == "PHONE"
    assert await _given_to(as_clerk, resident) == []


async def _given_to(as_clerk: Graph, resident: Resident) -> list[str]:
    statuses = await as_clerk.ask(CONSENTS_OF, resident=resident.id)
    return [it["policy"]["purpose"] for it in statuses if it["isGiven"]]

"""Everything that is kept of a person, fetched once by a ticket, through the real service."""

import httpx
from residents.domain.archive.residents import Resident

from ..conftest import Running
from ..graph import Graph
from .documents import AUDIT_TRAIL, EXPORT, EXPORT_FOR, GIVE, REVEAL_CONTACT


async def test_a_resident_fetches_their_own_data_once(
    running: Running, as_resident: Graph, as_clerk: Graph, as_auditor: Graph, resident: Resident
) -> None:
    consent = {"requestId": "c1", "purpose": "ACCOUNT", "policyVersion": 1}
    await as_resident.ask(GIVE, input=consent)
    wanted = {"residentId": resident.id, "reason": "CARE_CHECK", "note": "节前探望电话"}
    await as_clerk.ask(REVEAL_CONTACT, input={"requestId": "r1", **wanted})
    ticket = await as_resident.ask(EXPORT, input={"requestId": "e1"})
    assert await as_resident.ask(EXPORT, input={"requestId": "e1"}) == ticket

    url = f"{running.api.address}{ticket['path']}"
    async with httpx.AsyncClient(trust_env=False) as client:
        head = await client.head(url)
        wrong = await client.get(f"{url}x")
        told = await client.get(url)
        again = await client.get(url)

    assert (head.status_code, wrong.status_code, again.status_code) == (405, 404, 404)
    assert again.json()["code"] == "EXPORT_NOT_FOUND"
    assert told.status_code == 200
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["content-disposition"].startswith("attachment")
    parts = told.json()
    assert [it["phone"] for it in parts["accounts"]] == ["17337406812"]
    assert [(it["byRole"], it["reason"]) for it in parts["reveals"]] == [("CLERK", "CARE_CHECK")]
    assert [it["purpose"] for it in parts["consents"] if it["isGiven"]] == ["ACCOUNT"]
    assert "节前探望" not in told.text
    trail = await as_auditor.ask(AUDIT_TRAIL, action="EXPORT", first=10)
    assert [it["purpose"] for it in trail["nodes"]] == ["OWN_REQUEST"]


async def test_a_secretary_fetches_a_residents_data_for_a_reason(
    running: Running, as_secretary: Graph, as_clerk: Graph, as_auditor: Graph, resident: Resident
) -> None:
    wanted = {"requestId": "e1", "residentId": resident.id, "note": "本人到窗口申请"}
    refused = await as_secretary.ask(EXPORT_FOR, input=wanted | {"note": " "})
    assert refused["code"] == "EXPORT_REASON_REQUIRED"
    assert await as_clerk.refusal(EXPORT_FOR, input=wanted) == "FORBIDDEN"

    ticket = await as_secretary.ask(EXPORT_FOR, input=wanted)
    async with httpx.AsyncClient(trust_env=False) as client:
        told = await client.get(f"{running.api.address}{ticket['path']}")

    assert told.status_code == 200
    assert [it["byRole"] for it in told.json()["exports"]] == ["SECRETARY"]
    trail = await as_auditor.ask(AUDIT_TRAIL, subject=resident.id, action="EXPORT", first=10)
    assert [it["purpose"] for it in trail["nodes"]] == ["COUNTER_REQUEST"]

"""A contact is shown for a reason and written down, through the real service."""

from typing import Any

from residents.domain.archive.residents import Resident

from ..conftest import Person
from ..graph import Graph
from .archive import BIRTH_DATE, NAME, PHONE
from .documents import AUDIT_TRAIL, NOTES, REVEAL, REVEAL_CONTACT, REVEALS

CONTACT = {"name": NAME, "phone": PHONE, "birthDate": BIRTH_DATE.isoformat()}


def _wanted(resident: Resident, request_id: str = "r1", **more: Any) -> dict[str, Any]:
    asked = {"residentId": resident.id, "reason": "HOME_VISIT", "note": "约定入户时间"}
    return {"requestId": request_id, **asked, **more}


async def test_a_clerk_sees_a_contact_and_the_auditor_sees_that(
    as_clerk: Graph, as_secretary: Graph, as_auditor: Graph, clerk: Person, resident: Resident
) -> None:
    shown = await as_clerk.ask(REVEAL_CONTACT, input=_wanted(resident))
    assert shown["reveal"]["contact"] == CONTACT
    assert not shown["reveal"]["expired"]
    reveal_id = shown["reveal"]["id"]

    again = await as_clerk.ask(REVEAL, id=reveal_id)
    assert again == {"id": reveal_id, "expired": False, "contact": CONTACT}
    assert await as_secretary.ask(REVEAL, id=reveal_id) is None

    trail = await as_auditor.ask(AUDIT_TRAIL, subject=resident.id, first=10)
    last, first = trail["nodes"]
    assert [first["action"], last["action"]] == ["REVEAL", "REVEAL_SHOWN"]
    assert {first["actorAccountId"], last["actorAccountId"]} == {clerk.account_id}
    assert last["previousHash"] == first["hash"]
    for reader in (as_auditor, as_secretary):
        (record,) = (await reader.ask(REVEALS, resident=resident.id))["nodes"]
        assert (record["accountId"], record["byRole"]) == (clerk.account_id, "CLERK")
    (noted,) = (await as_secretary.ask(NOTES, resident=resident.id))["nodes"]
    assert noted["note"] == "约定入户时间"
    assert await as_auditor.refusal(NOTES, resident=resident.id) == "FORBIDDEN"


async def test_without_a_reason_nothing_is_shown_and_nothing_is_written(
    as_clerk: Graph, as_auditor: Graph, resident: Resident
) -> None:
    for more in ({"note": ""}, {"note": "看"}, {"reason": "OWN_DATA"}):
        refused = await as_clerk.ask(REVEAL_CONTACT, input=_wanted(resident, **more))
        assert refused["code"] == "REVEAL_REASON_REQUIRED"

    trail = await as_auditor.ask(AUDIT_TRAIL, subject=resident.id, first=10)
    assert trail["nodes"] == []
    assert (await as_auditor.ask(REVEALS, resident=resident.id))["nodes"] == []


async def test_who_may_not_is_refused(
    as_steward: Graph, as_auditor: Graph, as_stranger: Graph, graph: Graph, resident: Resident
) -> None:
    for person in (as_steward, as_auditor):
        assert await person.refusal(REVEAL_CONTACT, input=_wanted(resident)) == "FORBIDDEN"
    assert await graph.refusal(REVEAL_CONTACT, input=_wanted(resident)) == "UNAUTHENTICATED"
    elsewhere = await as_stranger.ask(REVEAL_CONTACT, input=_wanted(resident))
    assert elsewhere["code"] == "RESIDENT_NOT_FOUND"
    trail = await as_auditor.ask(AUDIT_TRAIL, subject=resident.id, first=10)
    assert trail["nodes"] == []


async def test_a_resident_sees_their_own(
    as_resident: Graph, as_auditor: Graph, resident: Resident
) -> None:
    own = _wanted(resident, reason="OWN_DATA", note="")
    shown = await as_resident.ask(REVEAL_CONTACT, input=own)

    assert shown["reveal"]["contact"] == CONTACT
    trail = await as_auditor.ask(AUDIT_TRAIL, subject=resident.id, first=10)
    assert [it["purpose"] for it in trail["nodes"]] == ["OWN_DATA"]


async def test_only_the_auditor_reads_the_trail(
    as_clerk: Graph, as_secretary: Graph, as_resident: Graph, as_steward: Graph
) -> None:
    for person in (as_clerk, as_secretary, as_resident, as_steward):
        assert await person.refusal(AUDIT_TRAIL, first=10) == "FORBIDDEN"


async def test_the_trail_is_read_by_pages(
    as_clerk: Graph, as_auditor: Graph, resident: Resident
) -> None:
    for number in range(3):
        await as_clerk.ask(REVEAL_CONTACT, input=_wanted(resident, f"r{number}"))

    first = await as_auditor.ask(AUDIT_TRAIL, first=2)
    rest = await as_auditor.ask(AUDIT_TRAIL, first=2, after=first["pageInfo"]["endCursor"])

    assert [it["seq"] for it in (*first["nodes"], *rest["nodes"])] == [3, 2, 1]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert await as_auditor.refusal(AUDIT_TRAIL, first=2, after="x") == "BAD_USER_INPUT"

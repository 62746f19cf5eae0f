"""Bindings through the real service: asked, verified, told, ended."""

import asyncio
from collections import Counter
from typing import Any

from chassis.testing_waits import until
from residents.domain.archive.residents import Resident, ResidentState

from ..conftest import Person
from ..graph import REFRESH, Graph, code_of
from .documents import ME, REFUSE, REVOKE, TO_VERIFY, VERIFY, WITHDRAW
from .neighbourhood import NAME, Neighbour, Neighbourhood, verify


async def bindings(neighbour: Neighbour) -> list[Any]:
    me = await neighbour.graph.ask(ME)
    found: list[Any] = me["bindings"]
    return found


async def test_a_resident_asks_and_a_clerk_verifies_by_hints(
    neighbourhood: Neighbourhood, as_clerk: Graph, graph: Graph
) -> None:
    door = await neighbourhood.door()
    same = await neighbourhood.lives(door)
    other = await neighbourhood.lives(door, name="卓文君", phone=None)
    neighbour, binding_id = await neighbourhood.asked(door)
    await neighbourhood.give_phone(neighbour)

    (waiting,) = (await as_clerk.ask(TO_VERIFY))["nodes"]
    assert waiting["binding"] == {
        "id": binding_id,
        "claimedName": "司***",
        "householdId": door.id,
    }
    assert (waiting["accountId"], waiting["maskedPhone"]) == (neighbour.account_id, "173****6812")
    hints = {c["residentId"]: (c["nameMatches"], c["phoneMatches"]) for c in waiting["candidates"]}
    assert hints == {same: (True, True), other: (False, None)}
    assert NAME not in str(waiting)

    outcome = await verify(as_clerk, binding_id, same, "v1")
    assert outcome["binding"]["residentId"] == same
    refreshed = await graph.ask(REFRESH, token=neighbour.refresh_token)
    me = await graph.as_(refreshed["accessToken"]).ask(ME)
    assert me["roles"] == [{"role": "RESIDENT", "scope": [door.estate_id]}]
    assert (await as_clerk.ask(TO_VERIFY))["nodes"] == []


async def test_somebody_new_comes_into_the_archive_by_the_event(
    neighbourhood: Neighbourhood, as_clerk: Graph
) -> None:
    door = await neighbourhood.door()
    _, binding_id = await neighbourhood.asked(door, name="新来的邻居")

    outcome = await verify(as_clerk, binding_id, None, "v1")

    resident_id = outcome["binding"]["residentId"]
    reading = neighbourhood.rooms.archive.reading

    async def entered() -> Resident | None:
        (found,) = await reading.residents_by_id(neighbourhood.community_id, [resident_id])
        return found

    resident = await until(entered, within_seconds=20)
    assert isinstance(resident, Resident)
    assert resident.state is ResidentState.VERIFIED
    assert resident.facts is not None
    assert resident.facts.name == "新来的邻居"
    assert resident.home is not None
    assert resident.home.household_id == door.id


async def test_of_two_accounts_that_claim_one_resident_at_once_one_gets_them(
    neighbourhood: Neighbourhood, as_clerk: Graph
) -> None:
    door = await neighbourhood.door()
    resident_id = await neighbourhood.lives(door)
    asked = [await neighbourhood.asked(door) for _ in range(4)]

    outcomes = await asyncio.gather(
        *(verify(as_clerk, binding_id, resident_id, binding_id) for _, binding_id in asked)
    )

    kinds = Counter(outcome["__typename"] for outcome in outcomes)
    assert kinds == {"VerifyBindingSuccess": 1, "ResidentAlreadyClaimed": 3}
    states = [(await bindings(neighbour))[0]["state"] for neighbour, _ in asked]
    assert Counter(states) == {"VERIFIED": 1, "REQUESTED": 3}


async def test_one_binding_verified_many_times_at_once_is_verified_once(
    neighbourhood: Neighbourhood, as_clerk: Graph, as_secretary: Graph
) -> None:
    door = await neighbourhood.door()
    people = [await neighbourhood.lives(door, name=name) for name in ("一人", "二人")]
    neighbour, binding_id = await neighbourhood.asked(door)

    outcomes = await asyncio.gather(
        *(
            verify(by, binding_id, resident_id, f"v-{resident_id}")
            for by in (as_clerk, as_secretary)
            for resident_id in people
        )
    )

    kinds = Counter(outcome["__typename"] for outcome in outcomes)
    assert kinds == {"VerifyBindingSuccess": 1, "BindingDecided": 3}
    (done,) = [each for each in outcomes if each["__typename"] == "VerifyBindingSuccess"]
    assert (await bindings(neighbour))[0]["residentId"] == done["binding"]["residentId"]


async def test_what_cannot_be_asked_for_is_named_and_nothing_waits(
    neighbourhood: Neighbourhood,
) -> None:
    door = await neighbourhood.door()
    neighbour = await neighbourhood.come()

    without_consent = await neighbourhood.ask(neighbour, door.id)
    await neighbourhood.agree(neighbour)
    nowhere = await neighbourhood.ask(neighbour, "household_unknown", request_id="2")
    nameless = await neighbourhood.ask(neighbour, door.id, request_id="3", name=" ")

    codes = [each["code"] for each in (without_consent, nowhere, nameless)]
    assert codes == ["CONSENT_REQUIRED", "HOUSEHOLD_NOT_FOUND", "NAME_INVALID"]
    assert await bindings(neighbour) == []


async def test_a_repeat_waits_once_and_five_is_the_most(neighbourhood: Neighbourhood) -> None:
    doors = [await neighbourhood.door() for _ in range(6)]
    neighbour, binding_id = await neighbourhood.asked(doors[0])

    again = await neighbourhood.ask(neighbour, doors[0].id)
    twice = await neighbourhood.ask(neighbour, doors[0].id, request_id="2")
    for door in doors[1:5]:
        await neighbourhood.ask(neighbour, door.id, request_id=door.id)
    sixth = await neighbourhood.ask(neighbour, doors[5].id, request_id="6")

    assert again["binding"]["id"] == binding_id
    assert (twice["code"], sixth["code"]) == ("BINDING_EXISTS", "TOO_MANY_BINDINGS")
    assert len(await bindings(neighbour)) == 5


async def test_what_cannot_be_verified_is_named_and_still_waits(
    neighbourhood: Neighbourhood, as_clerk: Graph, as_stranger: Graph
) -> None:
    door, elsewhere = await neighbourhood.door(), await neighbourhood.door()
    of_another_door = await neighbourhood.lives(elsewhere)
    resident_id = await neighbourhood.lives(door)
    neighbour, binding_id = await neighbourhood.asked(door)

    codes = [
        (await verify(as_clerk, binding_id, of_another_door, "1"))["code"],
        (await verify(as_clerk, binding_id, "resident_unknown", "2"))["code"],
        (await verify(as_clerk, "binding_unknown", resident_id, "3"))["code"],
        (await verify(as_stranger, binding_id, resident_id, "4"))["code"],
    ]
    both = {"requestId": "5", "bindingId": binding_id}
    neither = await as_clerk.refusal(VERIFY, input=both)
    twice = await as_clerk.refusal(
        VERIFY, input=both | {"residentId": resident_id, "asNewResident": True}
    )
    by_oneself = await neighbour.graph.answer(
        VERIFY, input=both | {"residentId": resident_id, "requestId": "6"}
    )

    assert codes == [
        "RESIDENT_OF_ANOTHER_HOUSEHOLD",
        "RESIDENT_NOT_FOUND",
        "BINDING_NOT_FOUND",
        "BINDING_NOT_FOUND",
    ]
    assert (neither, twice) == ("BAD_USER_INPUT", "BAD_USER_INPUT")
    assert code_of(by_oneself) == "FORBIDDEN"
    assert (await bindings(neighbour))[0]["state"] == "REQUESTED"


async def test_a_refusal_says_why(neighbourhood: Neighbourhood, as_clerk: Graph) -> None:
    neighbour, binding_id = await neighbourhood.asked(await neighbourhood.door())
    wanted = {"requestId": "f", "bindingId": binding_id}

    without = await as_clerk.ask(REFUSE, input=wanted | {"reason": " "})
    assert without["code"] == "REASON_INVALID"
    assert (await bindings(neighbour))[0]["state"] == "REQUESTED"
    await as_clerk.ask(REFUSE, input=wanted | {"reason": "不是本户人员", "requestId": "f2"})

    (refused,) = await bindings(neighbour)
    assert (refused["state"], refused["reason"]) == ("REFUSED", "不是本户人员")


async def test_ones_own_ends_and_anothers_is_unknown(
    neighbourhood: Neighbourhood, as_clerk: Graph
) -> None:
    door = await neighbourhood.door()
    resident_id = await neighbourhood.lives(door)
    neighbour, binding_id = await neighbourhood.asked(door)
    await verify(as_clerk, binding_id, resident_id, "v")
    stranger = await neighbourhood.come()
    wanted = {"requestId": "k", "bindingId": binding_id, "reason": "已搬走"}

    refused = await stranger.graph.ask(REVOKE, input=wanted)
    ended = await neighbour.graph.ask(REVOKE, input=wanted)
    other, other_binding = await neighbourhood.asked(door)
    taken_over = await verify(as_clerk, other_binding, resident_id, "v2")

    assert refused["code"] == "BINDING_NOT_FOUND"
    assert ended["binding"]["state"] == "REVOKED"
    assert taken_over["__typename"] == "VerifyBindingSuccess"
    assert (await bindings(other))[0]["state"] == "VERIFIED"


async def test_a_consent_taken_back_ends_the_binding_by_its_event(
    neighbourhood: Neighbourhood, as_clerk: Graph
) -> None:
    door = await neighbourhood.door()
    neighbour, binding_id = await neighbourhood.asked(door)
    await verify(as_clerk, binding_id, await neighbourhood.lives(door), "v")

    await neighbour.graph.ask(WITHDRAW, input={"requestId": "w", "purpose": "HOUSEHOLD_BINDING"})

    async def ended() -> bool:
        (binding,) = await bindings(neighbour)
        return str(binding["state"]) == "REVOKED"

    assert await until(ended, within_seconds=20)


async def test_the_list_goes_on_from_a_cursor(
    neighbourhood: Neighbourhood, as_clerk: Graph, secretary: Person
) -> None:
    asked = [(await neighbourhood.asked(await neighbourhood.door()))[1] for _ in range(3)]

    seen: list[str] = []
    after = None
    while True:
        page = await as_clerk.ask(TO_VERIFY, first=2, after=after)
        seen.extend(node["binding"]["id"] for node in page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert seen == asked
    assert await as_clerk.refusal(TO_VERIFY, after="bm9uc2Vuc2U") == "BAD_USER_INPUT"

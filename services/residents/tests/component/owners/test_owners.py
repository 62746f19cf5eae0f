"""The demo's owners' register imported through the api, then owners by hand, over the service."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from residents.domain.archive.masking import masked_name
from residents.domain.roles import Role

from ..graph import Graph, code_of
from .conftest import REGISTER_EDGE, Demo
from .documents import ESTATES, FIGURES, FIND, HOUSEHOLD, OWNER, RECORD, TRANSFER

Acting = Callable[..., Awaitable[Graph]]
_DOOR = re.compile("(?P<building>.+)号楼(?P<unit>.+)单元(?P<room>.+)")


def of_the_story(demo: Demo, *, owners: int) -> dict[str, Any]:
    """The first dwelling of the story with so many owners: its door, and who owns how much."""
    entry = next(one for one in demo.truth["of_the_story"] if len(one["owners"]) == owners)
    door = _DOOR.fullmatch(entry["door"])
    assert door is not None
    owned = {
        masked_name(owner["name"]): owner["share"] if "/" in owner["share"] else "1/1"
        for owner in entry["owners"]
    }
    return {"door": {"estate": entry["estate"], **door.groupdict()}, "owned": owned}


def alone(demo: Demo) -> dict[str, str]:
    return dict(of_the_story(demo, owners=1)["door"])


def couple(demo: Demo) -> dict[str, str]:
    return dict(of_the_story(demo, owners=2)["door"])


async def estate_id(demo: Demo, name: str) -> str:
    estates = await demo.office.graph.ask(ESTATES)
    return str(next(estate["id"] for estate in estates if estate["name"] == name))


async def look(demo: Demo, door: dict[str, str], *, by: Graph | None = None, **on: str) -> Any:
    where = {**door, "estate": await estate_id(demo, door["estate"])}
    found = await demo.office.graph.ask(FIND, **where)
    return await (by or demo.office.graph).ask(HOUSEHOLD, id=found["householdId"], **on)


def told(period: Any) -> dict[str, str]:
    return {
        stake["owner"]["maskedName"]: "{numerator}/{denominator}".format(**stake["share"])
        if stake["share"]
        else "joint"
        for stake in period["stakes"]
    }


async def figures(demo: Demo) -> Any:
    community = await demo.office.graph.ask(FIGURES, community=demo.office.community_id)
    return community["ownership"]


async def test_the_check_lists_every_bad_row_and_the_register_is_applied(demo: Demo) -> None:
    refused = {(row["row"], row["code"]) for row in demo.checked["refusedRows"]["nodes"]}
    counts = {count["name"]: count["value"] for count in demo.checked["counts"]}

    assert refused == {(row["row"], row["code"]) for row in demo.truth["bad_rows"]}
    assert demo.checked["rowsRead"] == demo.truth["rows"] + len(demo.truth["bad_rows"])
    assert counts == {
        "dwellings": demo.truth["dwellings"],
        "co_owned_dwellings": demo.truth["dwellings_co_owned"],
        "owners": demo.truth["owners"],
    }
    assert (demo.applied["state"], demo.applied["asOf"]) == ("APPLIED", demo.truth["as_of"])


async def test_every_figure_is_the_register_s_and_opens_its_rows(demo: Demo) -> None:
    found = await figures(demo)

    known, co_owned = found["dwellingsWithKnownOwners"], found["dwellingsWithCoOwners"]
    assert found["registerAsOf"] == demo.truth["as_of"]
    assert (known["numerator"], known["denominator"]) == (demo.truth["dwellings"], 3312)
    assert known["rows"]["nodes"]
    assert (co_owned["numerator"], co_owned["denominator"]) == (
        demo.truth["dwellings_co_owned"],
        demo.truth["dwellings"],
    )
    left_out = 3312 - demo.truth["dwellings"]
    assert co_owned["excluded"] == [{"reason": "owners_unknown", "count": left_out}]
    assert len(co_owned["rows"]["nodes"][0]["stakes"]) > 1
    assert found["owners"]["count"] == demo.truth["owners"]
    assert found["owners"]["rows"]["pageInfo"]["hasNextPage"]
    elsewhere = found["ownersLivingElsewhere"]
    left_out = {each["reason"]: each["count"] for each in elsewhere["excluded"]}
    assert elsewhere["denominator"] + sum(left_out.values()) == demo.truth["owners"]
    assert left_out["company"] >= 1
    assert elsewhere["rows"]["nodes"] == [{"residence": "ELSEWHERE"}]


async def test_the_same_register_again_is_told_to_be_applied(demo: Demo) -> None:
    before = await demo.office.stored("ownerships", "owners", "owners_registers")
    again = await demo.office.send(demo.register, edge=REGISTER_EDGE)

    assert again.json()["importId"] == demo.applied["id"]
    assert await demo.office.stored("ownerships", "owners", "owners_registers") == before


async def test_a_couple_of_the_story_owns_in_shares(demo: Demo) -> None:
    household = await look(demo, couple(demo))

    assert told(household["owners"]) == of_the_story(demo, owners=2)["owned"]
    assert {stake["owner"]["residence"] for stake in household["owners"]["stakes"]} == {"HERE"}


async def test_an_owner_opens_what_they_own(demo: Demo) -> None:
    household = await look(demo, couple(demo))
    owner_id = household["owners"]["stakes"][0]["owner"]["id"]

    owner = await demo.office.graph.ask(OWNER, id=owner_id)

    owned = {row["householdId"]: row["household"]["room"] for row in owner["dwellings"]["nodes"]}
    assert owned[household["id"]] == couple(demo)["room"]


async def test_a_transfer_keeps_the_history(demo: Demo) -> None:
    household, sold = await look(demo, alone(demo)), of_the_story(demo, owners=1)["owned"]
    given = {
        "requestId": "transfer",
        "householdId": household["id"],
        "validFrom": "2026-08-01",
        "owners": [
            {"owner": {"kind": "PERSON", "name": "陈小满", "phone": "15400000001"}},
            {"owner": {"kind": "PERSON", "name": "陈小雨"}},
        ],
    }

    made = await demo.office.graph.ask(TRANSFER, input=given)
    again = await demo.office.graph.ask(TRANSFER, input=given)

    assert made["__typename"] == "TransferOwnershipSuccess", made
    assert again == made
    after, before = (await look(demo, alone(demo)))["ownershipHistory"][:2]
    assert told(after) == {"陈**": "joint"}
    assert (before["until"], told(before)) == ("2026-08-01", sold)
    on = await look(demo, alone(demo), on="2026-07-31")
    assert told(on["owners"]) == sold


HALF = {"numerator": 1, "denominator": 2}
ABOVE_ONE = {"numerator": 3, "denominator": 2}
NOBODYS = "household_00000000000000000000000000"


@pytest.mark.parametrize(
    ("document", "given", "code"),
    [
        (TRANSFER, {"owners": [{"share": ABOVE_ONE}]}, "OWNER_SHARE_INVALID"),
        (TRANSFER, {"owners": [{"share": HALF}]}, "OWNER_SHARES_DO_NOT_ADD_UP"),
        (TRANSFER, {"owners": []}, "OWNERS_MISSING"),
        (TRANSFER, {"validFrom": "1990-01-01"}, "OWNERSHIP_BEFORE_PRESENT"),
        (TRANSFER, {"validFrom": "2100-01-01"}, "OWNERSHIP_IN_FUTURE"),
        (TRANSFER, {"householdId": NOBODYS}, "HOUSEHOLD_NOT_FOUND"),
        (RECORD, {}, "OWNERSHIP_KNOWN"),
    ],
)
async def test_what_is_refused_changes_nothing(
    demo: Demo, document: str, given: dict[str, Any], code: str
) -> None:
    household = await look(demo, couple(demo))
    kinds = ("ownerships", "owners", "owners_registers", "person_keys")
    before = await demo.office.stored(*kinds)
    somebody = {"owner": {"kind": "PERSON", "name": "孙多余"}}
    owners = given.get("owners", [{}])

    outcome = await demo.office.graph.ask(
        document,
        input={
            "requestId": f"refused {code}",
            "householdId": household["id"],
            "validFrom": "2026-08-01",
            **given,
            "owners": [{**somebody, **owner} for owner in owners],
        },
    )

    assert outcome.get("code") == code, outcome
    assert "孙多余" not in outcome["message"]
    assert await look(demo, couple(demo)) == household
    assert await demo.office.stored(*kinds) == before


async def test_an_owner_is_chosen_or_described_and_not_both(demo: Demo) -> None:
    household = await look(demo, couple(demo))
    both = {
        "ownerId": household["owners"]["stakes"][0]["owner"]["id"],
        "owner": {"kind": "PERSON", "name": "孙多余"},
    }
    for stake in (both, {}):
        given = {"requestId": "both", "householdId": household["id"], "validFrom": "2026-08-01"}
        outcome = await demo.office.graph.ask(TRANSFER, input={**given, "owners": [stake]})
        assert outcome["code"] == "OWNER_DESCRIPTION_INVALID"
    assert await look(demo, couple(demo)) == household


async def test_a_steward_reads_of_their_estate_alone(demo: Demo, acting: Acting) -> None:
    here = await acting(Role.STEWARD, await estate_id(demo, couple(demo)["estate"]))
    owner_id = (await look(demo, couple(demo)))["owners"]["stakes"][0]["owner"]["id"]
    estates = await demo.office.graph.ask(ESTATES)
    others = [one["id"] for one in estates if one["name"] != couple(demo)["estate"]]
    beyond = await acting(Role.STEWARD, *others)

    assert (await here.ask(OWNER, id=owner_id))["id"] == owner_id
    assert await beyond.ask(OWNER, id=owner_id) is None
    assert code_of(await here.answer(FIGURES, community=demo.office.community_id)) == "FORBIDDEN"


async def test_a_resident_of_nothing_yet_reads_of_nobody(demo: Demo, acting: Acting) -> None:
    nobody = await acting(Role.RESIDENT)
    owner_id = (await look(demo, couple(demo)))["owners"]["stakes"][0]["owner"]["id"]

    assert await nobody.ask(OWNER, id=owner_id) is None


@pytest.mark.parametrize("role", [Role.PARTNER, Role.MERCHANT, Role.AUDITOR])
async def test_other_roles_are_refused_by_name(demo: Demo, acting: Acting, role: Role) -> None:
    somebody = await acting(role, everywhere=True)

    assert await somebody.refusal(OWNER, id="owner_00000000000000000000000000") == "FORBIDDEN"

"""Dwellings whose owners are known, in the community in which permissions are tried."""

from typing import Any

from residents.domain.archive.residents import Resident

from local_stack.acting.one_of_each.neighbours import a_resident, identity_number_of, own_resident
from local_stack.acting.one_of_each.world import World

_RECORD = (
    "mutation M($input: RecordOwnershipInput!) { recordOwnership(input: $input) { __typename "
    "... on RecordOwnershipSuccess { ownership { stakes { owner { id } } } } } }"
)
_OWNERS = "query Q($id: ID!) { household(id: $id) { owners { stakes { owner { id } } } } }"


async def an_owned_dwelling(world: World, role: str) -> tuple[str, str]:
    """A dwelling of who lives there, that the person of a role may read of.

    For a resident it is their own. Returns: its household's id, and its owner's.
    """
    resident = await (own_resident(world) if role == "resident" else a_resident(world))
    assert resident.home is not None
    household_id = resident.home.household_id
    known = await world.secretary(_OWNERS, {"id": household_id}, "household")
    if known["owners"]:
        return household_id, str(known["owners"]["stakes"][0]["owner"]["id"])
    return household_id, await _recorded(world, household_id, _as_owner(resident))


async def known_owner(world: World, kind: str) -> str | None:
    """The id of an owner who is there; None for another kind."""
    return (await an_owned_dwelling(world, "secretary"))[1] if kind == "owner" else None


def somebody_new(world: World) -> list[dict[str, Any]]:
    """An owner whom nobody knows, as they are typed."""
    return [{"owner": {"kind": "PERSON", "name": f"某产权人{world.number()}"}}]


def _as_owner(resident: Resident) -> dict[str, Any]:
    assert resident.facts is not None
    assert resident.facts.birth_date is not None
    number = identity_number_of(resident.facts.birth_date)
    return {"kind": "PERSON", "name": resident.facts.name, "number": number}


async def _recorded(world: World, household_id: str, owner: dict[str, Any]) -> str:
    given = {
        "requestId": world.request_id(),
        "householdId": household_id,
        "validFrom": "2015-01-01",
        "owners": [{"owner": owner}],
    }
    made = await world.secretary(_RECORD, {"input": given}, "recordOwnership")
    return str(made["ownership"]["stakes"][0]["owner"]["id"])

"""Dwellings whose owners are known, in the community in which permissions are tried."""

from typing import Any

from residents.domain.owners.owner import ResidentLink

from .neighbours import a_resident, own_resident
from .world import World

_RECORD = (
    "mutation M($input: RecordOwnershipInput!) { recordOwnership(input: $input) { __typename "
    "... on RecordOwnershipSuccess { ownership { stakes { owner { id } } } } } }"
)
_OWNERS = "query Q($id: ID!) { household(id: $id) { owners { stakes { owner { id } } } } }"


async def an_owned_dwelling(world: World, role: str) -> tuple[str, str]:
    """A dwelling that the person of a role may read of: for a resident it is their own.

    Returns: its household's id, and its owner's.
    """
    resident = await (own_resident(world) if role == "resident" else a_resident(world))
    assert resident.home is not None
    household_id = resident.home.household_id
    known = await world.secretary(_OWNERS, {"id": household_id}, "household")
    if known["owners"]:
        return household_id, str(known["owners"]["stakes"][0]["owner"]["id"])
    owner_id = await _recorded(world, household_id)
    if role == "resident":
        link = ResidentLink(resident.id, resident.person_key, lives_here=True)
        owners = world.cast.rooms.owners.owners
        await owners.change(world.community_id, owner_id, lambda owner: owner.linked(link))
    return household_id, owner_id


async def known_owner(world: World, kind: str) -> str | None:
    """The id of an owner who is there; None for another kind."""
    return (await an_owned_dwelling(world, "secretary"))[1] if kind == "owner" else None


def somebody_new(world: World) -> list[dict[str, Any]]:
    """An owner whom nobody knows, as they are typed."""
    return [{"owner": {"kind": "PERSON", "name": f"某产权人{world.number()}"}}]


async def _recorded(world: World, household_id: str) -> str:
    given = {
        "requestId": world.request_id(),
        "householdId": household_id,
        "validFrom": "2015-01-01",
        "owners": somebody_new(world),
    }
    made = await world.secretary(_RECORD, {"input": given}, "recordOwnership")
    return str(made["ownership"]["stakes"][0]["owner"]["id"])

"""How to try what is about who owns what."""

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.neighbours import a_resident
from local_stack.acting.one_of_each.owned_dwellings import an_owned_dwelling, somebody_new
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query


async def _an_owner(world: World, role: str) -> Variables:
    return {"id": (await an_owned_dwelling(world, role))[1]}


async def _own_dwelling(world: World, _: str) -> Variables:
    return {"id": (await an_owned_dwelling(world, "resident"))[0]}


async def _community(world: World, _: str) -> Variables:
    return {"id": world.community_id}


async def _first_owners(world: World, _: str) -> Variables:
    resident = await a_resident(world)
    assert resident.home is not None
    return {
        "householdId": resident.home.household_id,
        "validFrom": "2015-01-01",
        "owners": somebody_new(world),
    }


async def _next_owners(world: World, role: str) -> Variables:
    household_id, _ = await an_owned_dwelling(world, role)
    return {
        "householdId": household_id,
        "validFrom": "2020-01-01",
        "owners": somebody_new(world),
    }


def _of_household(field: str) -> Trial:
    document = f"query Q($id: ID!) {{ household(id: $id) {{ {field} {{ validFrom }} }} }}"
    return Trial("residents", document, _own_dwelling, ("household", field))


_FIGURES = Trial(
    "residents",
    "query Q($id: ID!) { community(id: $id) { ownership { owners { count } } } }",
    _community,
    ("community", "ownership"),
)
OWNER_TRIALS: dict[str, Trial] = {
    "Query.owner": query("residents", "owner", "id maskedName", _an_owner),
    "Household.owners": _of_household("owners"),
    "Household.ownershipHistory": _of_household("ownershipHistory"),
    "Community.ownership": _FIGURES,
    "Mutation.recordOwnership": mutation("residents", "recordOwnership", _first_owners),
    "Mutation.transferOwnership": mutation("residents", "transferOwnership", _next_owners),
}

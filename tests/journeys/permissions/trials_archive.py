"""How to try what is about who lives where."""

from typing import Any

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.neighbours import a_resident, own_resident
from local_stack.acting.one_of_each.world import World
from residents.domain.archive.homes import Home

from .trial import Trial, mutation, query

_DAY = "2026-01-01"
_MOVE_OUT = (
    "mutation M($input: MoveOutInput!) { moveOut(input: $input) "
    "{ ... on MoveOutSuccess { resident { id } } } }"
)


async def _neighbour(world: World, role: str) -> tuple[str, Home]:
    """Somebody whom the person of a role may read: for a resident nobody but themselves."""
    resident = await (own_resident(world) if role == "resident" else a_resident(world))
    assert resident.home is not None
    return resident.id, resident.home


async def _an_estate(world: World, role: str) -> Variables:
    return {"id": (await _neighbour(world, role))[1].estate_id}


async def _a_building(world: World, role: str) -> Variables:
    return {"id": (await _neighbour(world, role))[1].building_id}


async def _a_household(world: World, role: str) -> Variables:
    return {"id": (await _neighbour(world, role))[1].household_id}


async def _a_neighbour(world: World, role: str) -> Variables:
    return {"id": (await _neighbour(world, role))[0]}


async def _one_whom_residents_see(world: World, _: str) -> Variables:
    return {"id": (await own_resident(world)).id}


async def _own_home(world: World, _: str) -> Variables:
    await own_resident(world)
    return {}


async def _community(world: World, _: str) -> Variables:
    return {"id": world.community_id}


async def _new_person(world: World, role: str) -> Variables:
    home = (await _neighbour(world, role))[1]
    return {
        "householdId": home.household_id,
        "name": f"新居民{world.number()}",
        "birthDate": "1990-01-01",
    }


async def _move_within(world: World, role: str) -> Variables:
    resident_id, _ = await _neighbour(world, role)
    home = (await _neighbour(world, role))[1]
    return {"residentId": resident_id, "householdId": home.household_id, "movedOn": _DAY}


async def _move_out(world: World, role: str) -> Variables:
    resident_id, _ = await _neighbour(world, role)
    return {"residentId": resident_id, "movedOn": _DAY, "reason": "MOVED"}


async def _correction(world: World, role: str) -> Variables:
    return {"residentId": (await _neighbour(world, role))[0], "phone": "13900002222"}


async def _a_tag(world: World, role: str) -> Variables:
    return {"residentId": (await _neighbour(world, role))[0], "tag": "LIVING_ALONE"}


async def _an_empty_door(world: World, role: str) -> Variables:
    resident_id, home = await _neighbour(world, role)
    leaving: Any = {"residentId": resident_id, "movedOn": _DAY, "reason": "MOVED"}
    given = {"requestId": world.request_id(), **leaving}
    await world.secretary(_MOVE_OUT, {"input": given}, "moveOut")
    return {"householdId": home.household_id}


async def _a_kind(world: World, role: str) -> Variables:
    return {"estateId": (await _neighbour(world, role))[1].estate_id, "kind": "NEW"}


async def _a_size(world: World, role: str) -> Variables:
    home = (await _neighbour(world, role))[1]
    return {"buildingId": home.building_id, "floors": 6, "units": 3}


_PAGE = "pageInfo { hasNextPage }"
_DOOR = Trial(
    "residents",
    'query Q($id: ID!) { findHousehold(estateId: $id, building: "1", unit: "1", room: "101") '
    "{ householdId } }",
    _an_estate,
    ("findHousehold",),
)
_HOUSEHOLDS = Trial(
    "residents",
    f"query Q($id: ID!) {{ building(id: $id) {{ households {{ {_PAGE} }} }} }}",
    _a_building,
    ("building", "households"),
)
_POPULATION = Trial(
    "residents",
    "query Q($id: ID!) { community(id: $id) { population { residents { value } } } }",
    _community,
    ("community", "population"),
)
_SEARCH = Trial(
    "residents",
    f'query Q {{ searchResidents(by: {{name: "某居民"}}) {{ {_PAGE} }} }}',
    _own_home,
    ("searchResidents",),
)
_OWN = Trial("residents", "query Q { myHouseholds { id } }", _own_home, ("myHouseholds",))


def _of_resident(field: str, fields: str = "") -> Trial:
    document = f"query Q($id: ID!) {{ resident(id: $id) {{ {field} {fields} }} }}"
    return Trial("residents", document, _one_whom_residents_see, ("resident", field))


ARCHIVE_TRIALS: dict[str, Trial] = {
    "Query.estates": query("residents", "estates", "id name"),
    "Query.estate": query("residents", "estate", "id name", _an_estate),
    "Query.building": query("residents", "building", "id label", _a_building),
    "Building.households": _HOUSEHOLDS,
    "Query.household": query("residents", "household", "id room", _a_household),
    "Query.resident": query("residents", "resident", "id maskedName", _a_neighbour),
    "Resident.tags": _of_resident("tags"),
    "Resident.history": _of_resident("history", "{ until }"),
    "Query.myHouseholds": _OWN,
    "Query.findHousehold": _DOOR,
    "Query.searchResidents": _SEARCH,
    "Community.population": _POPULATION,
    "Mutation.moveIn": mutation("residents", "moveIn", _new_person),
    "Mutation.changeHousehold": mutation("residents", "changeHousehold", _move_within),
    "Mutation.moveOut": mutation("residents", "moveOut", _move_out),
    "Mutation.correctResident": mutation("residents", "correctResident", _correction),
    "Mutation.tagResident": mutation("residents", "tagResident", _a_tag),
    "Mutation.untagResident": mutation("residents", "untagResident", _a_tag),
    "Mutation.markVacant": mutation("residents", "markVacant", _an_empty_door),
    "Mutation.setEstateKind": mutation("residents", "setEstateKind", _a_kind),
    "Mutation.describeBuilding": mutation("residents", "describeBuilding", _a_size),
}

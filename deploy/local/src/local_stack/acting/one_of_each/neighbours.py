"""Residents of the community in which permissions are tried, and whose account is whose.

They are written into the archive as a ledger and a verified binding would leave them.
"""

from datetime import date, timedelta

import msgspec
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from residents.bootstrap.rooms import Rooms
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import identity_mark, marks_of
from residents.domain.archive.people import PersonFacts
from residents.domain.archive.places import Building, Estate, EstateKind, Household
from residents.domain.archive.residents import Resident
from residents.domain.ledger.identity_numbers import check_digit
from residents.domain.logins.binding import (
    Binding,
    BindingState,
    HouseholdPlace,
    HouseholdRelation,
    VerifiedAs,
)

from local_stack.acting.one_of_each.world import World

_FIRST_BORN = date(1956, 1, 1)
_BUILDING, _UNIT, _ROOM = "1", "1", "101"


async def a_resident(world: World) -> Resident:
    """Somebody who lives in the community, in an estate of their own."""
    rooms, community_id = world.cast.rooms, world.community_id
    stores, identities = rooms.archive.stores, rooms.archive.identities
    name = f"小区{world.number()}"
    estate = Estate.of(
        identities.estate(community_id, name),
        community_id=community_id,
        name=name,
        kind=EstateKind.OLD,
        from_edition=0,
    )
    building = Building.of(
        identities.building(community_id, estate.id, _BUILDING),
        estate=estate,
        label=_BUILDING,
        from_edition=0,
    )
    household = Household.of(
        identities.household(community_id, building.id, _UNIT, _ROOM),
        building=building,
        unit=_UNIT,
        room=_ROOM,
        area_cm2=None,
        vacant=False,
        from_edition=0,
    )
    await stores.estates.add(estate)
    await stores.buildings.add(building)
    await stores.households.add(household)
    born = _FIRST_BORN + timedelta(days=world.number())
    return await stores.residents.add(_living_in(rooms, household, born))


def identity_number_of(born: date) -> str:
    """The identity number of the one resident who was born on a day."""
    number = f"310105{born:%Y%m%d}001"
    return number + check_digit(number)


async def own_resident(world: World) -> Resident:
    """The resident whom the person of the role resident is verified to be."""
    account_id = world.people["resident"].account.account_id
    accounts = world.cast.rooms.identity.accounts
    account = await accounts.get(world.community_id, account_id)
    for binding in account.bindings:
        if binding.resident is not None:
            stores = world.cast.rooms.archive.stores
            return await stores.residents.get(world.community_id, binding.resident.resident_id)
    resident = await a_resident(world)
    bindings = (verified_binding_to(resident),)
    await accounts.change(
        world.community_id,
        account_id,
        lambda account: (msgspec.structs.replace(account, bindings=bindings), ()),
    )
    return resident


async def known_neighbour(world: World, kind: str) -> str | None:
    """The id of a place or a person of this kind that is there; None for another kind."""
    if kind not in {"estate", "building", "household", "resident"}:
        return None
    resident = await a_resident(world)
    assert resident.home is not None
    return {
        "estate": resident.home.estate_id,
        "building": resident.home.building_id,
        "household": resident.home.household_id,
        "resident": resident.id,
    }[kind]


def _living_in(rooms: Rooms, household: Household, born: date) -> Resident:
    resident_id = new_id("resident")
    facts = PersonFacts(name="某居民", phone="13900001111", birth_date=born)
    keyed_hash = rooms.foundation.keyed_hash
    identity = identity_mark(identity_number_of(born), keyed_hash)
    marks = marks_of(facts, identity=identity, today=utc_now().date(), keyed_hash=keyed_hash)
    return Resident.verified(
        resident_id,
        community_id=household.community_id,
        person_key=derived_id("person", resident_id),
        home=Home.at(household, since=None),
        facts=facts,
        marks=marks,
        from_edition=0,
        at=utc_now(),
    )


def verified_binding_to(resident: Resident) -> Binding:
    """The owner's own, of a resident who has a home."""
    assert resident.home is not None
    home, at = resident.home, utc_now()
    return Binding(
        id=new_id("binding"),
        place=HouseholdPlace(home.household_id, home.building_id, home.estate_id),
        relation=HouseholdRelation.OWNER,
        name_mark="",
        requested_at=at,
        state=BindingState.VERIFIED,
        resident=VerifiedAs(resident.id, resident.person_key, is_new=False),
        verified_at=at,
    )

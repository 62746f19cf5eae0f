"""What the first page of the mini-program costs: how often this service asks its store for it.

A call costs the store and this service more than a millisecond, whatever it finds.
"""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_pages import StoreCalls, page_part, resident_asks, settings_of
from residents.api.schema import build as build_schema
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.rooms import Rooms, build_on
from residents.domain.account import Account
from residents.domain.archive.residents import Resident
from residents.domain.community import Community
from residents.domain.logins.binding import (
    Binding,
    BindingState,
    BindingWords,
    HouseholdPlace,
    HouseholdRelation,
    VerifiedAs,
)
from residents.settings import ResidentsSettings

from ..village import COMMUNITY, Village, a_village

HOME = (Path(__file__).parents[4] / "gateway/operations/miniprogram/Home.graphql").read_text()
ONCE_A_FEW_SECONDS = {"person_keys.find": 1}
"""The account's key is kept for five seconds; of the resident nothing is decrypted."""
EACH_TIME = {
    "accounts.find": 1,
    "communities.find": 1,
    "archives.find": 1,
    "residents.find": 1,
    "households.find": 1,
    "buildings.find": 1,
}
ACCOUNT = "account_1"


@dataclass(frozen=True)
class Town:
    """The service over a store that is listened to."""

    rooms: Rooms
    calls: StoreCalls
    now: FrozenClock

    async def home(self) -> dict[str, Any]:
        """The page as one of its residents sees it."""
        context = resident_asks(self.rooms.edge, account_id=ACCOUNT, community_id=COMMUNITY)
        schema = build_schema(introspection=False)
        return await page_part(HOME, schema, context, communityId=COMMUNITY)


@pytest.fixture
async def town(mongodb_uri: str) -> AsyncIterator[Town]:
    settings = settings_of(ResidentsSettings, mongodb_uri)
    calls, now = StoreCalls(), FrozenClock()
    store = Store.connect(mongodb_uri, f"residents_{uuid.uuid4().hex}", on_command=calls.note)
    yield Town(build_on(Foundation(settings, store, now)), calls, now)
    await store.close()


@pytest.fixture
async def village(town: Town) -> Village:
    """Its first resident has an account and gave a phone."""
    made, stores = a_village(), town.rooms.archive.stores
    await stores.estates.add_all([(estate, ()) for estate in made.estates])
    await stores.buildings.add_all([(building, ()) for building in made.buildings])
    await stores.households.add_all([(household, ()) for household in made.households])
    await stores.residents.add_all([(resident, ()) for resident in made.residents])
    community = Community.found(COMMUNITY, name="八家庄", founded_on=None, at=town.now())
    await town.rooms.identity.ports.communities.add(community)
    await town.rooms.identity.accounts.add(_bound(made.residents[0], town.now))
    return made


def _bound(resident: Resident, now: FrozenClock) -> Account:
    account = Account.of_wechat_person(
        ACCOUNT,
        community_id=COMMUNITY,
        wechat_person_id="person_1",
        person_key="pseudonym_1",
        union_mark=None,
        at=now(),
    )
    assert resident.home is not None
    home = resident.home
    binding = Binding(
        id="binding_1",
        place=HouseholdPlace(home.household_id, home.building_id, home.estate_id),
        relation=HouseholdRelation.OWNER,
        name_mark="mark",
        requested_at=now(),
        state=BindingState.VERIFIED,
        resident=VerifiedAs(resident.id, resident.person_key, is_new=False),
        verified_at=now(),
    )
    return msgspec.structs.replace(
        account,
        phone="17337406812",
        bindings=(binding,),
        binding_words={binding.id: BindingWords("马曦")},
    )


async def test_a_page_takes_so_many_calls_of_the_store(town: Town, village: Village) -> None:
    town.now.advance(seconds=6)
    town.calls.taken()

    shown = await town.home()

    assert town.calls.taken() == EACH_TIME | ONCE_A_FEW_SECONDS
    assert shown["community"] == {"name": "八家庄"}
    assert shown["me"]["maskedPhone"] == "173****6812"
    assert shown["me"]["bindings"] == [{"id": "binding_1", "state": "VERIFIED"}]
    assert shown["myHouseholds"] == [{"id": village.households[0].id, "door": "2号楼1单元101"}]


async def test_the_next_page_reads_all_again_but_the_keys(town: Town, village: Village) -> None:
    await town.home()
    town.calls.taken()

    await town.home()

    assert town.calls.taken() == EACH_TIME

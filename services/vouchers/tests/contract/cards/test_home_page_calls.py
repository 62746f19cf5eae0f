"""What the first page of the mini-program costs: how often this service asks its store for it.

A call costs the store and this service more than a millisecond, whatever it finds.
"""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_pages import StoreCalls, page_part, resident_asks, settings_of
from vouchers.api.schema import build as build_schema
from vouchers.bootstrap.foundation import Foundation
from vouchers.bootstrap.rooms import Rooms, build_on
from vouchers.domain.actors import Actor
from vouchers.settings import VouchersSettings

from ...neighbourhood import COMMUNITY, Neighbourhood
from ..conftest import stores_in

HOME = (Path(__file__).parents[5] / "gateway/operations/miniprogram/Home.graphql").read_text()
CAMPAIGNS = ("面馆红包", "书店红包", "粮油红包")
OF_THE_HOLDER = {"account_holders.find": 1, "campaigns.find": 2}
"""Who asks; what is live, and what the vouchers listed are called."""
BY_PERSON_AND_ACCOUNT = 2
ALL_CAMPAIGNS_AT_ONCE = 1
EACH_CAMPAIGN = len(CAMPAIGNS)


@dataclass(frozen=True)
class Town:
    """The service over a store that is listened to."""

    rooms: Rooms
    here: Neighbourhood
    calls: StoreCalls

    async def home(self, reader: Actor) -> dict[str, Any]:
        """The page as somebody sees it."""
        context = resident_asks(
            self.rooms.edge, account_id=reader.account_id, community_id=COMMUNITY
        )
        return await page_part(HOME, build_schema(introspection=False), context)


@pytest.fixture
async def town(mongodb_uri: str, clock: FrozenClock) -> AsyncIterator[Town]:
    settings = settings_of(VouchersSettings, mongodb_uri, keys=["voucher_code_key"])
    calls = StoreCalls()
    store = Store.connect(mongodb_uri, f"vouchers_{uuid.uuid4().hex}", on_command=calls.note)
    rooms = build_on(Foundation(settings, store, clock))
    yield Town(rooms, Neighbourhood(stores_in(store, clock), clock), calls)
    await store.close()


async def test_a_page_takes_so_many_calls_of_the_store(town: Town) -> None:
    anna = await town.here.neighbour("安娜")
    live = [await town.here.campaign(name, title=name, stock=2) for name in CAMPAIGNS]
    mine = [await town.here.claimed(anna, each, request=each.id) for each in live[:2]]
    town.calls.taken()

    shown = await town.home(anna)
    first = town.calls.taken()
    assert await town.home(anna) == shown
    again = town.calls.taken()

    assert first == OF_THE_HOLDER | {"vouchers.find": BY_PERSON_AND_ACCOUNT + EACH_CAMPAIGN}
    assert again == OF_THE_HOLDER | {"vouchers.find": BY_PERSON_AND_ACCOUNT + ALL_CAMPAIGNS_AT_ONCE}
    campaigns = {each["title"]: each for each in shown["liveCampaigns"]}
    assert {each["isLeft"] for each in campaigns.values()} == {True}
    assert [campaigns[name]["claimedByMe"] for name in CAMPAIGNS] == [1, 1, 0]
    listed = shown["myVouchers"]["nodes"]
    assert {each["id"]: each["campaignTitle"] for each in listed} == {
        each.id: name for each, name in zip(mine, CAMPAIGNS, strict=False)
    }

"""What holds for merchants' clients in memory holds for those in MongoDB."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from chassis.ids import derived_id
from chassis.mongo import Store
from chassis.testing import FrozenClock
from chassis.testing_explain import assert_indexed, walks_sorted
from residents.adapters.merchants.memory import MemoryKnownMerchants, MemoryMerchantClients
from residents.adapters.merchants.mongo_merchant_clients import (
    INDEXES,
    MongoMerchantClients,
    known_merchants,
)
from residents.application.merchants.ports import KnownMerchants, MerchantClients
from residents.domain.merchants.errors import MerchantClientNotFound
from residents.domain.merchants.merchant_client import KnownMerchant, MerchantClient
from residents.domain.session import Client

HERE, THERE = derived_id("community", "here"), derived_id("community", "there")
MERCHANT, OTHER = derived_id("merchant", "1"), derived_id("merchant", "2")
APPROVED, SUSPENDED = KnownMerchant(is_approved=True), KnownMerchant(is_approved=False)
NOW = FrozenClock()()


@dataclass(frozen=True)
class Stores:
    """One of each kind, empty."""

    clients: MerchantClients
    merchants: KnownMerchants


@pytest.fixture
async def motor(mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, f"clients_{uuid.uuid4().hex}")
    await store.create_indexes(INDEXES)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "motor", "pymongo"])
async def stores(request: pytest.FixtureRequest, mongodb_uri: str) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield Stores(MemoryMerchantClients(), MemoryKnownMerchants())
        return
    store = Store.connect(mongodb_uri, f"clients_{uuid.uuid4().hex}", driver=request.param)
    await store.create_indexes(INDEXES)
    yield Stores(MongoMerchantClients(store), known_merchants(store))
    await store.close()


def a_client(
    number: int, *, community_id: str = HERE, merchant_id: str = MERCHANT
) -> MerchantClient:
    return MerchantClient(
        id=derived_id("client", community_id, merchant_id, str(number)),
        community_id=community_id,
        merchant_id=merchant_id,
        kind=Client.TILL,
        secret_hash="$argon2id$…",
        issued_at=NOW + timedelta(minutes=number),
        issued_by=derived_id("account", "1"),
    )


async def test_a_client_is_found_by_its_id_and_changed_in_its_community_only(
    stores: Stores,
) -> None:
    client = await stores.clients.add(a_client(1))

    assert await stores.clients.of_id(client.id) == client
    assert await stores.clients.of_id(derived_id("client", "none")) is None
    with pytest.raises(MerchantClientNotFound):
        await stores.clients.get(THERE, client.id)


async def test_a_merchants_clients_are_listed_the_newest_first(stores: Stores) -> None:
    made = [await stores.clients.add(a_client(number)) for number in range(4)][::-1]
    await stores.clients.add(a_client(9, merchant_id=OTHER))
    await stores.clients.add(a_client(9, community_id=THERE))

    page = await stores.clients.of_merchant(HERE, MERCHANT, first=3, after=None)
    rest = await stores.clients.of_merchant(HERE, MERCHANT, first=3, after=page.cursors[-1])

    assert (page.items, page.has_next_page) == (made[:3], True)
    assert (rest.items, rest.has_next_page) == (made[3:], False)


async def test_the_latest_word_of_a_merchant_stays(stores: Stores) -> None:
    assert await stores.merchants.get(HERE, MERCHANT) is None

    assert await stores.merchants.put(MERCHANT, HERE, 2, SUSPENDED)
    assert not await stores.merchants.put(MERCHANT, HERE, 1, APPROVED)
    assert not await stores.merchants.put(MERCHANT, HERE, 2, APPROVED)
    assert await stores.merchants.get(HERE, MERCHANT) == SUSPENDED
    assert await stores.merchants.put(MERCHANT, HERE, 3, APPROVED)

    assert await stores.merchants.get(HERE, MERCHANT) == APPROVED
    assert await stores.merchants.get(THERE, MERCHANT) is None


async def test_a_merchants_clients_are_found_by_an_index(motor: Store) -> None:
    clients = MongoMerchantClients(motor)
    await clients.add_many(
        [
            (a_client(number, merchant_id=merchant_id, community_id=community_id), ())
            for number in range(40)
            for merchant_id in (MERCHANT, OTHER)
            for community_id in (HERE, THERE)
        ]
    )
    where = {"community_id": HERE, "merchant_id": MERCHANT}
    plan = await clients.collection.explain_find(
        where, sort=(("issued_at", -1), ("_id", -1)), limit=6
    )

    strictly = await walks_sorted(motor)
    assert_indexed([plan], strictly=strictly)
    if strictly:
        assert plan["executionStats"]["totalKeysExamined"] <= 7

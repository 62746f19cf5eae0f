"""Many aggregates written together: once each, with their events, whatever is repeated."""

from collections.abc import AsyncIterator, Sequence
from typing import ClassVar
from uuid import uuid4

import msgspec
import pytest
from chassis.aggregates import Aggregates, Event
from chassis.encrypted_fields import EncryptedFields
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Collection, Document, DriverName, DuplicateKey, Index, Store
from chassis.person_keys import COLLECTION, PersonKeyDestroyed, PersonKeys
from chassis.testing import FrozenClock, MemoryAggregates

BAKERY = "bakery_1"


class OrderTaken(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "order.taken.v1"
    order_id: str


class Order(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    phone: str | None
    due: bool = True
    version: int = 0

    def deliver(self) -> tuple["Order", Sequence[Event]]:
        return msgspec.structs.replace(self, due=False), (OrderTaken(self.id),)


class OrderNotFound(Exception):
    pass


@pytest.fixture(params=["motor", "pymongo"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    driver: DriverName = request.param
    uri: str = request.getfixturevalue("mongodb_uri")
    store = Store.connect(uri, f"orders_{uuid4().hex}", driver=driver)
    yield store
    await store.close()


@pytest.fixture
def keys(store: Store) -> PersonKeys:
    return PersonKeys(store, WrappingKeys({"test": bytes(KEY_BYTES)}), now=FrozenClock())


@pytest.fixture
def orders(store: Store, keys: PersonKeys) -> Aggregates[Order]:
    codec = EncryptedFields(keys, fields=("phone",), person_key=lambda it: f"person {it['_id']}")
    return Aggregates(
        store, "orders", Order, topic="bakery.events", not_found=OrderNotFound, codec=codec
    )


def order(number: int, phone: str | None = "13800001111") -> Order:
    return Order(id=f"order_{number:04}", community_id=BAKERY, phone=phone)


def taken(*numbers: int) -> list[tuple[Order, Sequence[Event]]]:
    return [(order(number), (OrderTaken(order(number).id),)) for number in numbers]


async def documents(orders: Aggregates[Order]) -> list[Document]:
    return await orders.collection.find({"community_id": BAKERY}, sort=(("_id", 1),))


async def test_memory_counts_the_new_ones_too() -> None:
    orders = MemoryAggregates[Order](lambda _: OrderNotFound())

    assert await orders.add_many(taken(1, 2)) == 2
    assert await orders.add_many(taken(2, 3)) == 1
    assert len(orders.events) == 3


async def test_each_is_read_back_as_if_it_had_been_added_alone(orders: Aggregates[Order]) -> None:
    assert await orders.add_many(taken(1)) == 1
    await orders.add(order(2), (OrderTaken(order(2).id),))

    one, two = await documents(orders)
    assert one.keys() == two.keys()
    assert [event["type"] for event in one["outbox"]] == ["order.taken.v1"]
    assert await orders.get(BAKERY, order(1).id) == msgspec.structs.replace(order(1), version=1)


async def test_more_than_one_write_takes_and_none_twice(orders: Aggregates[Order]) -> None:
    assert await orders.add_many(taken(*range(600))) == 600
    before = await documents(orders)

    assert await orders.add_many(taken(*range(590, 610))) == 10

    assert (await documents(orders))[:600] == before


async def test_nothing_is_written_for_none(orders: Aggregates[Order]) -> None:
    assert await orders.add_many([]) == 0


async def test_another_unique_index_still_refuses(store: Store, orders: Aggregates[Order]) -> None:
    unique = Index(collection="orders", keys=(("community_id", 1), ("due", 1)), unique=True)
    await store.create_indexes([unique])

    with pytest.raises(DuplicateKey):
        await orders.add_many(taken(1, 2))


@pytest.mark.parametrize("kept_in", ["memory", "store"])
async def test_events_held_back_go_when_they_are_released(
    kept_in: str, orders: Aggregates[Order]
) -> None:
    memory = MemoryAggregates[Order](lambda _: OrderNotFound())
    kept = memory if kept_in == "memory" else orders

    assert await kept.add_many(taken(1, 2, 3), held_for=_odd_or_even) == 3
    assert await kept.add_many(taken(3), held_for=_odd_or_even) == 0
    await kept.change(BAKERY, order(2).id, Order.deliver)
    assert (memory.events or await _waiting(orders)) == [OrderTaken(order(2).id)]
    names = ("7 odd", "7 even", "7 odd", "6 odd")

    assert [await kept.release(BAKERY, name) for name in names] == [2, 1, 0, 0]
    assert len(memory.events or await _waiting(orders)) == 4


def _odd_or_even(order: Order) -> str:
    return "7 odd" if int(order.id[-1]) % 2 else "7 even"


async def _waiting(orders: Aggregates[Order]) -> list[OrderTaken]:
    return [
        msgspec.convert(event["data"], OrderTaken)
        for document in await documents(orders)
        for event in document["outbox"]
    ]


async def test_what_was_held_goes_before_what_came_later(orders: Aggregates[Order]) -> None:
    await orders.add_many(taken(1), held_for=_odd_or_even)
    await orders.change(BAKERY, order(1).id, Order.deliver)
    await orders.release(BAKERY, "7 odd")

    (document,) = await documents(orders)
    assert [event["sequence"] for event in document["outbox"]] == [1, 2]
    assert "held" not in document


async def test_a_person_has_one_key_however_often_it_is_asked_for(
    store: Store, keys: PersonKeys
) -> None:
    await keys.cipher("person 1")
    locked = (await keys.create_many(["person 1", "person 2"]))["person 2"].encrypt(b"x", b"p")
    other = PersonKeys(store, WrappingKeys({"test": bytes(KEY_BYTES)}), now=FrozenClock())

    ciphers = await other.create_many(["person 1", "person 2", "person 2"])

    assert ciphers["person 2"].decrypt(locked, b"p") == b"x"
    assert await store.collection(COLLECTION).count({}) == 2


async def test_nothing_is_locked_for_who_was_erased(
    orders: Aggregates[Order], keys: PersonKeys
) -> None:
    await keys.destroy(f"person {order(2).id}")

    with pytest.raises(PersonKeyDestroyed):
        await orders.add_many(taken(1, 2))

    assert await documents(orders) == []


async def test_what_is_found_is_changed_with_its_events_until_nothing_is_left(
    orders: Aggregates[Order],
) -> None:
    await orders.add_many(taken(1, 2, 3))
    due = {"community_id": BAKERY, "due": True}

    found = [await orders.change_found(due, Order.deliver, limit=2) for _ in range(3)]

    assert found == [2, 1, 0]
    assert [len(document["outbox"]) for document in await documents(orders)] == [2, 2, 2]
    assert await orders.get(BAKERY, order(1).id) == delivered(order(1))


def delivered(before: Order) -> Order:
    return msgspec.structs.replace(before, due=False, version=2)


class Overtaken(Collection):
    """Somebody else writes between the read and the write."""

    async def update_each(self, updates: Sequence[tuple[Document, Document]]) -> int:
        await self.update_one({"_id": order(1).id}, {"$inc": {"version": 1}})
        return await super().update_each(updates)


async def test_who_is_overtaken_writes_nothing_and_finds_it_again(
    orders: Aggregates[Order],
) -> None:
    await orders.add_many(taken(1, 2))
    plain = orders.collection
    orders.collection = Overtaken(plain._driver)
    due = {"community_id": BAKERY, "due": True}
    await orders.change_found(due, Order.deliver, limit=10)
    orders.collection = plain

    one, two = await documents(orders)

    assert (one["due"], len(one["outbox"]), two["due"]) == (True, 1, False)
    assert await orders.change_found(due, Order.deliver, limit=10) == 1

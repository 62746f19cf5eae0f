"""People's fields in a real store: locked there, readable here, gone when the key is."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from chassis.aggregates import Aggregates
from chassis.encrypted_fields import EncryptedFields
from chassis.encryption import CannotDecrypt, UnknownWrappingKey, WrappingKeys
from chassis.mongo import Collection, Store
from chassis.person_keys import COLLECTION, PersonKeyDestroyed, PersonKeys
from chassis.testing import FrozenClock

OLD, NEW = os.urandom(32), os.urandom(32)


class Note(msgspec.Struct, frozen=True):
    text: str | None
    stars: int


class Order(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    person_key: str
    phone: str | None = None
    note: Note | None = None
    cakes: list[str] | None = None
    version: int = 0


class OrderNotFound(Exception):
    pass


@pytest.fixture
async def store(mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, f"test_{uuid4().hex[:12]}")
    yield store
    await store.close()


def _keys(store: Store, clock: FrozenClock, **keys: bytes) -> PersonKeys:
    return PersonKeys(store, WrappingKeys(keys or {"old": OLD}), now=clock)


def _orders(store: Store, keys: PersonKeys) -> Aggregates[Order]:
    codec = EncryptedFields(
        keys,
        fields=("phone", "note.text", "cakes"),
        person_key=lambda document: document["person_key"],
    )
    return Aggregates(
        store, "orders", Order, topic="bakery.events", not_found=OrderNotFound, codec=codec
    )


def _order(order_id: str, person: str = "person_1", **fields: Any) -> Order:
    return Order(id=order_id, community_id="c", person_key=person, **fields)


async def _raw(store: Store, order_id: str) -> dict[str, Any]:
    document = await store.collection("orders").find_one({"_id": order_id})
    assert document is not None
    return document


async def test_what_is_stored_is_locked_and_what_is_read_is_clear(
    store: Store, clock: FrozenClock
) -> None:
    orders = _orders(store, _keys(store, clock))
    order = _order("o1", phone="13800001111", note=Note("门牌 3", 5), cakes=["plum"])
    stored = await orders.add(order)
    raw = await _raw(store, "o1")
    assert isinstance(raw["phone"], bytes)
    assert isinstance(raw["note"]["text"], bytes)
    assert raw["note"]["stars"] == 5
    assert isinstance(raw["cakes"], bytes)
    assert b"13800001111" not in str(raw).encode()
    fresh = _orders(store, _keys(store, clock))
    assert await fresh.get("c", "o1") == stored
    assert (await fresh.get("c", "o1")).note == Note("门牌 3", 5)


async def test_a_change_keeps_what_it_does_not_touch(store: Store, clock: FrozenClock) -> None:
    orders = _orders(store, _keys(store, clock))
    await orders.add(_order("o1", phone="1", note=Note("n", 1)))
    await orders.change(
        "c", "o1", lambda order: (msgspec.structs.replace(order, note=Note(None, 2)), [])
    )
    assert await orders.get("c", "o1") == _order("o1", phone="1", note=Note(None, 2), version=2)


async def test_nothing_to_hide_needs_no_key(store: Store, clock: FrozenClock) -> None:
    await _orders(store, _keys(store, clock)).add(_order("o1"))
    assert await store.collection(COLLECTION).count({}) == 0


async def test_many_are_read_with_one_read_of_keys(
    store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = _orders(store, _keys(store, clock))
    ids = [f"o{n}" for n in range(6)]
    for n, order_id in enumerate(ids):
        await orders.add(_order(order_id, person=f"person_{n % 3}", phone=order_id))
    fresh = _orders(store, _keys(store, clock))
    reads: list[str] = []
    find = Collection.find

    async def counted(self: Collection, *args: Any, **kwargs: Any) -> Any:
        reads.append(self.name)
        return await find(self, *args, **kwargs)

    monkeypatch.setattr(Collection, "find", counted)
    found = await fresh.get_many("c", ids)
    assert [order and order.phone for order in found] == ids
    assert sorted(reads) == ["orders", COLLECTION]


async def test_a_value_moved_to_another_field_or_person_does_not_open(
    store: Store, clock: FrozenClock
) -> None:
    keys = _keys(store, clock)
    orders = _orders(store, keys)
    await orders.add(_order("o1", phone="1", note=Note("n", 1)))
    await orders.add(_order("o2", person="person_2", phone="2"))
    raw, other = await _raw(store, "o1"), await _raw(store, "o2")
    collection = store.collection("orders")
    await collection.update_one({"_id": "o1"}, {"$set": {"phone": raw["note"]["text"]}})
    await collection.update_one({"_id": "o2"}, {"$set": {"phone": raw["phone"]}})
    for order_id in ("o1", "o2"):
        with pytest.raises(CannotDecrypt):
            await orders.get("c", order_id)
    assert other["encrypted_for"] == "person_2"


async def test_a_destroyed_key_erases_the_person_and_nobody_else(
    store: Store, clock: FrozenClock
) -> None:
    keys = _keys(store, clock)
    orders = _orders(store, keys)
    await orders.add(_order("o1", phone="1", note=Note("n", 4)))
    await orders.add(_order("o2", person="person_2", phone="2"))
    await keys.destroy("person_1")
    await keys.destroy("person_1")
    erased = await orders.get("c", "o1")
    assert (erased.phone, erased.note, erased.cakes) == (None, Note(None, 4), None)
    assert (await orders.get("c", "o2")).phone == "2"
    tombstone = await store.collection(COLLECTION).find_one({"_id": "person_1"})
    assert tombstone is not None
    assert tombstone["wrapped"] is None
    assert tombstone["destroyed_at"] == clock()


async def test_nothing_new_is_written_for_an_erased_person(
    store: Store, clock: FrozenClock
) -> None:
    keys = _keys(store, clock)
    orders = _orders(store, keys)
    await orders.add(_order("o1", phone="1"))
    await keys.destroy("person_1")
    with pytest.raises(PersonKeyDestroyed):
        await orders.add(_order("o2", phone="1"))
    assert await store.collection("orders").count({}) == 1
    await orders.change("c", "o1", lambda o: (msgspec.structs.replace(o, note=Note(None, 1)), []))
    assert (await orders.get("c", "o1")).phone is None


async def test_one_erased_before_they_wrote_stays_erased(store: Store, clock: FrozenClock) -> None:
    keys = _keys(store, clock)
    await keys.destroy("person_9")
    with pytest.raises(PersonKeyDestroyed):
        await keys.cipher("person_9")


async def test_another_process_notices_an_erasure_within_five_seconds(
    store: Store, clock: FrozenClock
) -> None:
    here, there = _keys(store, clock), _keys(store, clock)
    orders = _orders(store, there)
    await orders.add(_order("o1", phone="1"))
    await here.destroy("person_1")
    clock.advance(seconds=5)
    assert (await orders.get("c", "o1")).phone is None


async def test_a_key_wanted_by_many_at_once_is_one(store: Store, clock: FrozenClock) -> None:
    processes = [_keys(store, clock) for _ in range(10)]
    ciphers = await asyncio.gather(*(keys.cipher("person_1") for keys in processes))
    locked = ciphers[0].encrypt(b"x", b"place")
    assert {cipher.decrypt(locked, b"place") for cipher in ciphers} == {b"x"}
    assert await store.collection(COLLECTION).count({}) == 1


async def test_rewrapping_moves_every_key_and_none_twice(store: Store, clock: FrozenClock) -> None:
    before = _keys(store, clock, old=OLD)
    orders = _orders(store, before)
    for n in range(7):
        await orders.add(_order(f"o{n}", person=f"person_{n}", phone=str(n)))
    await before.destroy("person_6")
    both = _keys(store, clock, new=NEW, old=OLD)
    assert await both.rewrap(batch_size=2) == 6
    assert await both.rewrap() == 0
    after = _orders(store, _keys(store, clock, new=NEW))
    assert [(await after.get("c", f"o{n}")).phone for n in range(7)] == [*"012345", None]
    with pytest.raises(UnknownWrappingKey):
        await _keys(store, clock, old=OLD).cipher("person_0")


async def test_the_cache_is_bounded(store: Store, clock: FrozenClock) -> None:
    keys = PersonKeys(store, WrappingKeys({"old": OLD}), now=clock, cached=2)
    for n in range(4):
        await keys.cipher(f"person_{n}")
    assert list(keys._cache) == ["person_2", "person_3"]

"""Everything under a former wrapping key is locked under the current one, and the old can go."""

import os
from collections.abc import AsyncIterator
from typing import Any, ClassVar
from uuid import uuid4

import msgspec
import pytest
from chassis.aggregates import Aggregates
from chassis.encryption import SecretBox, UnknownWrappingKey, WrappingKeys
from chassis.mongo import Document, Store
from chassis.person_keys import PersonKeys
from chassis.rewrapping import Rewrapped, Rewrapping, SealedSecrets, Secret
from chassis.testing import FrozenClock

OLD, NEW = os.urandom(32), os.urandom(32)
BEFORE = WrappingKeys({"old": OLD})
BOTH = WrappingKeys({"new": NEW, "old": OLD})
AFTER = WrappingKeys({"new": NEW})
OVENS = 7


class Oven(msgspec.Struct, frozen=True):
    id: str
    community_id: str
    codes: tuple[bytes, ...]
    version: int = 0


class Baked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "oven.baked.v1"


def _codes(oven: Document) -> list[Secret]:
    return [
        Secret(f"codes.{at}", f"{oven['_id']}.{at}", code) for at, code in enumerate(oven["codes"])
    ]


@pytest.fixture
async def store(mongodb_uri: str) -> AsyncIterator[Store]:
    store = Store.connect(mongodb_uri, f"test_{uuid4().hex[:12]}")
    yield store
    await store.close()


@pytest.fixture
async def ovens(store: Store) -> Aggregates[Oven]:
    ovens = Aggregates(store, "ovens", Oven, topic="bakery.events", not_found=KeyError)
    box = SecretBox(BEFORE)
    for number in range(OVENS):
        name = f"oven_{number}"
        codes = tuple(box.seal(f"{name}.{at}", f"{number}{at}".encode()) for at in range(2))
        await ovens.add(Oven(name, "here", codes))
    await PersonKeys(store, BEFORE, now=FrozenClock()).cipher("person_1")
    return ovens


def _rewrapping(store: Store, wrapping: WrappingKeys) -> Rewrapping:
    people = PersonKeys(store, wrapping, now=FrozenClock())
    return Rewrapping(store, wrapping, people, (SealedSecrets("ovens", _codes),))


async def test_after_it_the_old_key_is_not_needed(store: Store, ovens: Aggregates[Oven]) -> None:
    rewrap = _rewrapping(store, BOTH)

    assert await rewrap(batch_size=3) == Rewrapped(person_keys=1, secrets=2 * OVENS)
    assert await rewrap() == Rewrapped(person_keys=0, secrets=0)

    for number in range(OVENS):
        oven = await ovens.get("here", f"oven_{number}")
        opened = [SecretBox(AFTER).open(f"{oven.id}.{at}", oven.codes[at]) for at in range(2)]
        assert opened == [f"{number}{at}".encode() for at in range(2)]
    await PersonKeys(store, AFTER, now=FrozenClock()).cipher("person_1")


async def test_a_dry_run_counts_and_changes_nothing(store: Store, ovens: Aggregates[Oven]) -> None:
    before = await store.collection("ovens").find({})

    counted = await _rewrapping(store, BOTH)(dry_run=True)

    assert counted == Rewrapped(person_keys=1, secrets=2 * OVENS)
    assert await store.collection("ovens").find({}) == before
    await PersonKeys(store, BEFORE, now=FrozenClock()).cipher("person_1")


async def test_a_key_taken_away_too_early_is_named(store: Store, ovens: Aggregates[Oven]) -> None:
    with pytest.raises(UnknownWrappingKey, match="old"):
        await _rewrapping(store, AFTER)()


async def test_who_read_before_it_does_not_bring_the_old_seal_back(
    store: Store, ovens: Aggregates[Oven]
) -> None:
    """The service changes an oven that it read before and writes after."""
    rewrap = _rewrapping(store, BOTH)
    real = ovens.collection.find_one
    reads = 0

    async def read_then_rewrap(where: Document, **how: Any) -> Document | None:
        nonlocal reads
        document = await real(where, **how)
        reads += 1
        if reads == 1:
            await rewrap()
        return document

    ovens.collection.find_one = read_then_rewrap  # type: ignore[method-assign]
    changed = await ovens.change("here", "oven_0", lambda oven: (oven, [Baked()]))

    assert reads == 2
    assert all(SecretBox(AFTER).is_current(code) for code in changed.codes)

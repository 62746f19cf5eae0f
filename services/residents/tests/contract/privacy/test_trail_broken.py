"""Somebody with the store in hand, but without a key, breaks the chain: it is found."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from chassis.encryption import KEY_BYTES, SecretBox, WrappingKeys
from chassis.mongo import Document, Store
from residents.adapters.privacy.mongo_audit_entries import ENTRIES, HEADS, MongoAuditEntries
from residents.application.privacy.append_to_trail import AuditTrailBroken
from residents.application.privacy.verify_trail import VerifyTrail
from residents.domain.privacy.chain import Head
from residents.domain.privacy.verdict import Break, BreakKind

from .acts import AT, BOX, HERE, an_act, keyed_hash, trail_over

LAST = 8
Doing = Callable[[Store], Awaitable[Any]]


@pytest.fixture
async def written(store: Store) -> Store:
    trail = trail_over(store)
    for number in range(1, LAST + 1):
        await trail.append(an_act(number))
    return store


def _set(seq: int, **fields: object) -> Doing:
    async def do(store: Store) -> None:
        where = {"community_id": HERE, "seq": seq}
        assert await store.collection(ENTRIES).update_one(where, {"$set": fields})

    return do


def _unset(seq: int, field: str) -> Doing:
    async def do(store: Store) -> None:
        where = {"community_id": HERE, "seq": seq}
        assert await store.collection(ENTRIES).update_one(where, {"$unset": {field: ""}})

    return do


async def _taken(store: Store, seq: int) -> Document:
    """Take an entry out of the store."""
    found = await store.collection(ENTRIES).find_one({"community_id": HERE, "seq": seq})
    assert found is not None
    await store.collection(ENTRIES).delete_one({"_id": found["_id"]})
    return found


async def delete(store: Store) -> None:
    await _taken(store, 5)


async def delete_and_close_the_gap(store: Store) -> None:
    await _taken(store, 5)
    for seq in range(6, LAST + 1):
        await store.collection(ENTRIES).insert_one(await _taken(store, seq) | {"seq": seq - 1})


async def swap(store: Store) -> None:
    one, other = await _taken(store, 3), await _taken(store, 6)
    await store.collection(ENTRIES).insert_many([one | {"seq": 6}, other | {"seq": 3}])


async def insert(store: Store) -> None:
    for seq in range(LAST, 4, -1):
        await store.collection(ENTRIES).insert_one(await _taken(store, seq) | {"seq": seq + 1})
    four = await store.collection(ENTRIES).find_one({"community_id": HERE, "seq": 4})
    assert four is not None
    await store.collection(ENTRIES).insert_one(four | {"seq": 5, "_id": "audit_forged"})


async def cut_off(store: Store) -> None:
    for seq in (LAST, LAST - 1):
        await _taken(store, seq)


async def cut_off_and_lower_the_count(store: Store) -> None:
    await cut_off(store)
    await store.collection(HEADS).update_one({"community_id": HERE}, {"$set": {"count": LAST - 2}})


async def seal_with_a_key_of_ones_own(store: Store) -> None:
    await cut_off(store)
    box = SecretBox(WrappingKeys({"test": b"x" * KEY_BYTES}))
    await store.collection(HEADS).delete_one({"community_id": HERE})
    await MongoAuditEntries(store, box).advance_head(HERE, Head(LAST - 2, "0" * 64))


async def take_the_head_of_another_community(store: Store) -> None:
    entries = MongoAuditEntries(store, BOX)
    await entries.advance_head("community_there", Head(LAST - 2, "0" * 64))
    there = await store.collection(HEADS).find_one({"community_id": "community_there"})
    assert there is not None
    stolen = {"$set": {"sealed": there["sealed"], "count": LAST - 2}}
    await store.collection(HEADS).update_one({"community_id": HERE}, stolen)


async def delete_the_head(store: Store) -> None:
    await store.collection(HEADS).delete_one({"community_id": HERE})


BREAKS: dict[str, tuple[Doing, Break]] = {
    "another subject": (_set(5, subject="resident_other"), Break(5, BreakKind.CHANGED)),
    "another actor": (_set(1, actor_account_id="account_other"), Break(1, BreakKind.CHANGED)),
    "another time": (_set(LAST, at=AT + timedelta(hours=1)), Break(LAST, BreakKind.CHANGED)),
    "another purpose": (_set(5, purpose="EMERGENCY"), Break(5, BreakKind.CHANGED)),
    "another source": (_set(5, source_id="reveal_other"), Break(5, BreakKind.CHANGED)),
    "no action": (_set(5, action="nothing"), Break(5, BreakKind.CHANGED)),
    "another hash": (_set(5, hash="0" * 64), Break(5, BreakKind.CHANGED)),
    "no subject": (_unset(5, "subject"), Break(5, BreakKind.CHANGED)),
    "no place": (_unset(5, "seq"), Break(5, BreakKind.MISSING)),
    "of nobody's community": (_set(5, community_id="community_x"), Break(5, BreakKind.MISSING)),
    "deleted": (delete, Break(5, BreakKind.MISSING)),
    "deleted, gap closed": (delete_and_close_the_gap, Break(5, BreakKind.MISSING)),
    "swapped": (swap, Break(3, BreakKind.REORDERED)),
    "inserted": (insert, Break(5, BreakKind.INSERTED)),
    "cut off": (cut_off, Break(LAST - 1, BreakKind.CUT_OFF)),
    "cut off, head counts less": (
        cut_off_and_lower_the_count, Break(LAST - 2, BreakKind.HEAD_ALTERED)
    ),
    "cut off, head sealed anew": (
        seal_with_a_key_of_ones_own, Break(LAST - 2, BreakKind.HEAD_ALTERED)
    ),
    "another community's head": (
        take_the_head_of_another_community, Break(LAST, BreakKind.HEAD_ALTERED)
    ),
    "no head": (delete_the_head, Break(LAST, BreakKind.HEAD_ALTERED)),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
async def test_what_was_done_in_the_store_is_found(written: Store, name: str) -> None:
    do, found = BREAKS[name]
    verify = VerifyTrail(MongoAuditEntries(written, BOX), keyed_hash)
    assert (await verify(HERE)).is_whole

    await do(written)

    assert (await verify(HERE)).first_break == found


async def test_nothing_is_added_to_a_chain_that_was_cut_off(written: Store) -> None:
    await cut_off(written)

    with pytest.raises(AuditTrailBroken):
        await trail_over(written).append(an_act(LAST + 1))

    assert await written.collection(ENTRIES).count({"community_id": HERE}) == LAST - 2


async def test_an_entry_at_the_end_that_nobody_with_a_key_wrote_is_found(written: Store) -> None:
    forged = await written.collection(ENTRIES).find_one({"community_id": HERE, "seq": LAST})
    assert forged is not None
    forged |= {"_id": "audit_forged", "seq": LAST + 1, "previous_hash": forged["hash"]}
    await written.collection(ENTRIES).insert_one(forged)

    verdict = await VerifyTrail(MongoAuditEntries(written, BOX), keyed_hash)(HERE)

    assert verdict.first_break == Break(LAST + 1, BreakKind.INSERTED)

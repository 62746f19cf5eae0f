"""What lies in the store of this room, and how it answers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from chassis.mongo import Document, Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.adapters.privacy.mongo_exports import MongoDataExports
from residents.adapters.privacy.mongo_reveals import MongoReveals
from residents.application.privacy.audit_ports import EntryFilter
from residents.domain.privacy.audit import AuditAction
from residents.domain.privacy.chain import NO_ENTRIES, following, head_at

from .acts import BOX, HERE, an_act, keyed_hash
from .people import NOTE, a_reveal, an_export

THERE = "community_there"
ROWS = 60
AUDITED = tuple(AuditAction)


async def test_no_note_is_in_the_store_in_clear(
    store: Store, keys: PersonKeys, now: FrozenClock
) -> None:
    await MongoReveals(store, keys).add(a_reveal(1, now()))
    await MongoDataExports(store, keys).add(an_export(1, now()))
    await store.collection("canaries").insert_one({"_id": NOTE})

    found = {
        name: any(
            NOTE in text for it in await store.collection(name).find({}) for text in _texts(it)
        )
        for name in ("canaries", "reveals", "exports", "person_keys")
    }

    assert found == {"canaries": True, "reveals": False, "exports": False, "person_keys": False}


async def test_a_note_goes_with_the_person(
    store: Store, keys: PersonKeys, now: FrozenClock
) -> None:
    reveals = MongoReveals(store, keys)
    reveal = await reveals.add(a_reveal(1, now()))
    await keys.destroy(reveal.person_key)

    assert (await reveals.get(HERE, reveal.id)).note is None


def _texts(value: object) -> Iterator[str]:
    match value:
        case bytes():
            yield value.decode(errors="replace")
        case dict():
            for part in value.values():
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
        case _:
            yield str(value)


@pytest.fixture
async def strictly(store: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(store)


async def test_every_read_of_the_trail_has_an_index(store: Store, strictly: bool) -> None:
    entries = MongoAuditEntries(store, BOX)
    for community_id in (HERE, THERE):
        head = NO_ENTRIES
        for number in range(ROWS):
            act = an_act(
                number % 10,
                writer=str(number),
                community_id=community_id,
                actor=f"account_{number % 3}",
                action=AUDITED[number // 3 % len(AUDITED)],
            )
            entry = following(act, head, keyed_hash)
            assert await entries.insert(entry)
            head = head_at(entry)
        await entries.advance_head(community_id, head)
    plans: list[Document] = []
    entries.collection = Recorded(entries.collection, plans)
    entries.heads_collection = Recorded(entries.heads_collection, plans)

    await entries.by_source(HERE, an_act(1, writer="1").source_id)
    await entries.last(HERE)
    await entries.head(HERE)
    await entries.from_seq(HERE, 10, 20)
    assert await entries.communities() == [HERE, THERE]
    for which in (
        EntryFilter(),
        EntryFilter(subject="resident_1"),
        EntryFilter(actor_account_id="account_1"),
        EntryFilter(action=AuditAction.EXPORT),
        EntryFilter(actor_account_id="account_1", action=AuditAction.EXPORT),
        EntryFilter(subject="resident_1", actor_account_id="account_1"),
    ):
        page = await entries.newest_first(HERE, which, first=2, after=None)
        assert page.items
        await entries.newest_first(HERE, which, first=2, after=page.cursors[-1])

    assert len(plans) == 4 + 6 + 6 * 2
    assert_indexed(plans, strictly=strictly)


async def test_every_read_of_reveals_and_exports_has_an_index(
    store: Store, keys: PersonKeys, now: FrozenClock, strictly: bool
) -> None:
    reveals, exports = MongoReveals(store, keys), MongoDataExports(store, keys)
    for community_id in (HERE, THERE):
        for number in range(ROWS):
            someone = f"resident_{number % 6}"
            at = now() + timedelta(minutes=number)
            await reveals.add(a_reveal(number, at, community_id=community_id, resident_id=someone))
            whose = someone if number % 2 else None
            await exports.add(an_export(number, at, community_id=community_id, resident_id=whose))
    plans: list[Document] = []
    reveals.collection = Recorded(reveals.collection, plans)
    exports.collection = Recorded(exports.collection, plans)

    for resident_id in (None, "resident_1"):
        page = await reveals.newest_first(HERE, resident_id=resident_id, first=4, after=None)
        await reveals.newest_first(HERE, resident_id=resident_id, first=4, after=page.cursors[-1])
    assert len(await exports.of_subject(HERE, "resident_1")) == ROWS // 6
    assert len(await exports.of_subject(HERE, "account_secretary")) == ROWS // 2
    await exports.of_ticket(f"export_{HERE}_resident_1_1")

    assert len(plans) == 7
    assert_indexed(plans, strictly=strictly)

"""What every store of a trail does, in memory or in MongoDB."""

import msgspec
import pytest
from residents.application.privacy.append_to_trail import AppendToTrail
from residents.application.privacy.audit_ports import AuditEntries, EntryFilter, EntryPage
from residents.application.privacy.verify_trail import VerifyTrail
from residents.domain.privacy.audit import AuditAction
from residents.domain.privacy.chain import NO_ENTRIES, Head, following, head_at

from .acts import HERE, an_act, keyed_hash

THERE = "community_there"


@pytest.fixture
def trail(entries: AuditEntries) -> AppendToTrail:
    return AppendToTrail(entries, keyed_hash)


async def test_an_act_is_read_as_it_was_written(
    entries: AuditEntries, trail: AppendToTrail
) -> None:
    act = an_act(1)
    await trail.append(act)

    stored = await entries.by_source(HERE, act.source_id)
    assert stored is not None
    assert stored.entry == following(act, NO_ENTRIES, keyed_hash)
    assert await entries.last(HERE) == stored
    assert await entries.head(HERE) == head_at(stored.entry)
    assert await entries.by_source(THERE, act.source_id) is None
    assert await entries.last(THERE) is None
    assert await entries.head(THERE) is None


async def test_a_place_and_a_source_are_taken_once(entries: AuditEntries) -> None:
    first = following(an_act(1), NO_ENTRIES, keyed_hash)
    same_place = following(an_act(2), NO_ENTRIES, keyed_hash)
    same_source = following(an_act(1), head_at(first), keyed_hash)

    assert await entries.insert(first)
    assert not await entries.insert(same_place)
    assert not await entries.insert(same_source)

    assert [stored.entry for stored in await entries.from_seq(HERE, 0, 10)] == [first]


async def test_a_head_only_advances(entries: AuditEntries) -> None:
    for head in (Head(2, "b"), Head(1, "a"), Head(2, "c")):
        await entries.advance_head(HERE, head)
    assert await entries.head(HERE) == Head(2, "b")

    await entries.advance_head(HERE, Head(3, "d"))
    assert await entries.head(HERE) == Head(3, "d")


async def test_what_was_written_is_whole_and_read_in_batches(
    entries: AuditEntries, trail: AppendToTrail
) -> None:
    for number in range(7):
        await trail.append(an_act(number))
    await trail.append(an_act(0, community_id=THERE))

    assert [it.seq for it in await entries.from_seq(HERE, 2, 3)] == [3, 4, 5]
    assert await entries.communities() == [HERE, THERE]
    verdict = await VerifyTrail(entries, keyed_hash)(HERE)
    assert (verdict.entries, verdict.is_whole) == (7, True)


async def test_the_list_is_the_newest_first_by_pages(
    entries: AuditEntries, trail: AppendToTrail
) -> None:
    for number in range(5):
        await trail.append(an_act(number))

    first = await entries.newest_first(HERE, EntryFilter(), first=3, after=None)
    rest = await entries.newest_first(HERE, EntryFilter(), first=3, after=first.cursors[-1])

    assert (_seqs(first), first.has_next_page) == ([5, 4, 3], True)
    assert (_seqs(rest), rest.has_next_page) == ([2, 1], False)


async def test_the_list_is_of_whom_who_and_what_was_asked_for(
    entries: AuditEntries, trail: AppendToTrail
) -> None:
    await trail.append(an_act(1))
    await trail.append(an_act(2, actor="account_secretary"))
    await trail.append(an_act(3, action=AuditAction.EXPORT))
    await trail.append(an_act(1, community_id=THERE))

    async def listed(**which: object) -> list[int]:
        asked = msgspec.structs.replace(EntryFilter(), **which)
        return _seqs(await entries.newest_first(HERE, asked, first=10, after=None))

    assert await listed(subject="resident_1") == [1]
    assert await listed(actor_account_id="account_clerk") == [3, 1]
    assert await listed(action=AuditAction.EXPORT) == [3]
    assert await listed(actor_account_id="account_clerk", action=AuditAction.REVEAL) == [1]
    assert await listed(subject="resident_1", action=AuditAction.EXPORT) == []


def _seqs(page: EntryPage) -> list[int]:
    return [entry.seq for entry in page.items]

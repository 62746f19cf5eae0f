"""What the use cases may rely on, whatever the stores of imports are made of."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from chassis.errors import RequestIdReused
from chassis.testing import FrozenClock
from residents.application.imports.ports import ImportFileGone, UnnamedFile
from residents.domain.imports.batch import ImportBatch, ImportState, Kind
from residents.domain.imports.errors import FileTooLarge, ImportNotFound
from residents.domain.imports.rows import Difference

from .conftest import Stores
from .examples import (
    AT,
    HERE,
    THERE,
    a_batch,
    a_full_batch,
    differing_rows,
    pieces,
    refused_rows,
    running,
    shown,
)


async def test_a_batch_comes_back_as_it_was(stores: Stores) -> None:
    kept = await stores.batches.add(a_full_batch())

    assert await stores.batches.get(HERE, kept.id) == kept
    with pytest.raises(ImportNotFound):
        await stores.batches.get(THERE, kept.id)


async def test_one_request_makes_one_batch(stores: Stores) -> None:
    first = await stores.batches.add(a_batch(1))
    assert await stores.batches.add(a_batch(1)) == first

    other = a_batch(2)
    with pytest.raises(RequestIdReused):
        await stores.batches.add(
            ImportBatch.receive(
                other.id, community_id=HERE, kind=other.kind, file=other.file, attempt=1,
                request_mark=first.request_mark, as_of=None, by="account_1", at=AT,
            )
        )  # fmt: skip

    assert await stores.batches.of_request(HERE, first.request_mark) == first
    assert await stores.batches.of_request(THERE, first.request_mark) is None
    with pytest.raises(ImportNotFound):
        await stores.batches.get(HERE, other.id)


async def test_the_last_attempt_with_a_file_is_found(stores: Stores) -> None:
    await stores.batches.add(a_batch(1, attempt=1))
    second = await stores.batches.add(a_batch(2, attempt=2))
    await stores.batches.add(a_batch(3, file_mark="another", attempt=3))
    await stores.batches.add(a_batch(4, kind=Kind.OWNERS_REGISTER, attempt=4))
    await stores.batches.add(a_batch(5, community_id=THERE, attempt=5))

    found = await stores.batches.latest_of_file(HERE, Kind.RESIDENT_LEDGER, "mark")

    assert found == second
    assert await stores.batches.latest_of_file(HERE, Kind.RESIDENT_LEDGER, "unknown") is None


async def test_the_import_applied_last_is_found(stores: Stores) -> None:
    await stores.batches.add(a_batch(1, state=ImportState.APPLIED))
    second = await stores.batches.add(a_batch(2, state=ImportState.APPLIED))
    await stores.batches.add(a_batch(3, state=ImportState.REFUSED))
    await stores.batches.add(a_batch(4, state=ImportState.APPLIED, kind=Kind.OWNERS_REGISTER))

    assert await stores.batches.latest_applied(HERE, Kind.RESIDENT_LEDGER) == second
    assert await stores.batches.latest_applied(THERE, Kind.RESIDENT_LEDGER) is None


async def test_batches_are_found_by_what_is_to_be_done(stores: Stores) -> None:
    kept = {}
    for number, state in enumerate(ImportState, 1):
        kept[state] = await stores.batches.add(a_batch(number, state=state))
    there = await stores.batches.add(a_batch(99, community_id=THERE))

    working = await stores.batches.with_work(limit=50)
    assert [batch.state for batch in working] == [
        ImportState.RECEIVED, ImportState.CHECKING, ImportState.ACCEPTED, ImportState.APPLYING,
        ImportState.RECEIVED,
    ]  # fmt: skip
    assert working[-1] == there
    in_progress = {batch.state for batch in await stores.batches.in_progress(HERE)}
    assert in_progress == {ImportState.ACCEPTED, ImportState.APPLYING}
    ended = {batch.state for batch in await stores.batches.with_leftovers(limit=50)}
    assert ended == {
        ImportState.APPLIED, ImportState.REFUSED, ImportState.DISCARDED, ImportState.EXPIRED,
    }  # fmt: skip
    await stores.batches.change(HERE, kept[ImportState.APPLIED].id, ImportBatch.cleared)
    assert len(await stores.batches.with_leftovers(limit=50)) == 3
    waiting = await stores.batches.lapsed(kept[ImportState.CHECKING].received_at, limit=50)
    assert {batch.state for batch in waiting} == {ImportState.RECEIVED, ImportState.CHECKING}
    assert await stores.batches.received_since(HERE, AT + timedelta(minutes=8)) == 2


async def test_imports_are_listed_the_newest_first(stores: Stores) -> None:
    for number in range(1, 6):
        await stores.batches.add(a_batch(number))
    await stores.batches.add(a_batch(9, community_id=THERE))

    first = await stores.batches.newest_first(HERE, first=3, after=None)
    rest = await stores.batches.newest_first(HERE, first=3, after=first.cursors[-1])

    listed = [batch.request_mark for batch in (*first.items, *rest.items)]
    assert listed == [f"request_{number}" for number in (5, 4, 3, 2, 1)]
    assert (first.has_next_page, rest.has_next_page) == (True, False)


@pytest.mark.parametrize("size_bytes", [1, 1000, 3_000_000])
async def test_a_file_comes_back_whole_however_it_came(stores: Stores, size_bytes: int) -> None:
    content = bytes(range(256)) * (10 if size_bytes == 1 else 10_000)

    kept = await stores.files.keep(HERE, "file_1", pieces(content, size_bytes))
    again = await stores.files.keep(HERE, "file_2", pieces(content, size_bytes + 7))

    assert (kept.size_bytes, kept.mark) == (len(content), again.mark)
    assert await stores.files.read(HERE, "file_1") == content
    with pytest.raises(ImportFileGone):
        await stores.files.read(THERE, "file_1")


async def test_a_dropped_file_is_gone(stores: Stores) -> None:
    await stores.files.keep(HERE, "file_1", pieces(b"content", 3))
    other = await stores.files.keep(HERE, "file_2", pieces(b"other content", 3))

    for _ in range(2):
        await stores.files.drop(HERE, "file_1")

    with pytest.raises(ImportFileGone):
        await stores.files.read(HERE, "file_1")
    assert await stores.files.read(HERE, other.id) == b"other content"


async def test_files_are_unnamed_until_somebody_says_otherwise(
    stores: Stores, now: FrozenClock
) -> None:
    await stores.files.keep(HERE, "file_1", pieces(b"content", 3))
    await stores.files.keep(HERE, "file_2", pieces(b"content", 3))
    await stores.files.keep(THERE, "file_3", pieces(b"content", 3))
    assert await stores.files.unnamed(now(), limit=9) == []
    later = now.advance(seconds=1)

    await stores.files.named(THERE, "file_1")
    await stores.files.named(HERE, "file_2")

    left = [UnnamedFile(HERE, "file_1"), UnnamedFile(THERE, "file_3")]
    assert sorted(await stores.files.unnamed(later, limit=9), key=lambda it: it.file_id) == left
    assert len(await stores.files.unnamed(later, limit=1)) == 1
    assert await stores.files.read(HERE, "file_2") == b"content"


async def test_the_batch_of_a_file_is_found(stores: Stores) -> None:
    batch = await stores.batches.add(a_batch(7))

    assert await stores.batches.of_file(HERE, "file_7") == batch
    assert await stores.batches.of_file(THERE, "file_7") is None


async def test_a_file_that_breaks_off_is_not_kept(stores: Stores) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 2_000_000
        raise FileTooLarge

    with pytest.raises(FileTooLarge):
        await stores.files.keep(HERE, "file_1", broken())

    with pytest.raises(ImportFileGone):
        await stores.files.read(HERE, "file_1")


async def test_the_rows_of_the_run_that_counts_are_read_in_order(stores: Stores) -> None:
    batch = a_batch()
    await stores.rows.add_refused(running(batch, 1), refused_rows(9), first_number=0)
    for _ in range(2):  # the second time it is there
        await stores.rows.add_refused(running(batch, 2), refused_rows(3), first_number=0)
    await stores.rows.add_refused(running(batch, 2), refused_rows(5)[3:], first_number=3)

    first = await stores.rows.refused(shown(batch, 2), first=3, after=None)
    rest = await stores.rows.refused(shown(batch, 2), first=3, after=first.cursors[-1])

    assert [*first.items, *rest.items] == refused_rows(5)
    assert (first.has_next_page, rest.has_next_page) == (True, False)


async def test_differences_are_read_by_their_kind(stores: Stores) -> None:
    batch, rows = a_batch(), differing_rows(9)
    await stores.rows.add_differing(running(batch, 1), rows, first_number=0)

    for difference in Difference:
        page = await stores.rows.differing(shown(batch, 1), difference, first=9, after=None)
        assert page.items == [row for row in rows if row.difference is difference]
    new = await stores.rows.differing(shown(batch, 1), Difference.NEW, first=2, after=None)
    last = await stores.rows.differing(
        shown(batch, 1), Difference.NEW, first=2, after=new.cursors[-1]
    )
    assert [row.row for row in last.items] == [6]


async def test_the_rows_of_other_runs_are_dropped(stores: Stores) -> None:
    batch = a_batch()
    for run in (1, 2, 3):
        await stores.rows.add_refused(running(batch, run), refused_rows(2), first_number=0)
        await stores.rows.add_differing(running(batch, run), differing_rows(2), first_number=0)

    await stores.rows.drop(running(batch, 3), keep_run=2)

    for run, count in ((1, 0), (2, 2), (3, 0)):
        page = await stores.rows.refused(shown(batch, run), first=9, after=None)
        assert len(page.items) == count
    await stores.rows.drop(running(batch, 3))
    assert (await stores.rows.refused(shown(batch, 2), first=9, after=None)).items == []

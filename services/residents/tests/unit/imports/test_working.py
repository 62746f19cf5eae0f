"""Batches are worked on to their end, whatever becomes of the processes that do it."""

from datetime import timedelta

import pytest
from residents.application.imports.journal import BatchJournal
from residents.application.privacy.ports import AuditAction
from residents.domain.imports.batch import CRASHES_BORNE, ImportBatch, ImportState, Phase
from residents.domain.imports.errors import ImportWaits, WorkSuperseded
from residents.domain.imports.rows import Difference

from .import_desk import CRASH, HERE, ImportDesk, UnreadableFile, secretary


async def test_a_check_tells_what_the_file_says(desk: ImportDesk) -> None:
    batch = await desk.checked(b"2")

    assert batch.state is ImportState.CHECKED
    assert batch.outcome is not None
    assert (batch.outcome.rows_refused, batch.outcome.counts) == (2, {"residents": 9})
    refused = await desk.imports.queries.refused_rows(secretary(), batch, first=1, after=None)
    assert [(row.row, row.code) for row in refused.items] == [(0, "BAD")]
    assert refused.has_next_page
    rest = await desk.imports.queries.refused_rows(
        secretary(), batch, first=5, after=refused.cursors[0]
    )
    assert [row.row for row in rest.items] == [1]
    new = await desk.imports.queries.differences(
        secretary(), batch, Difference.NEW, first=5, after=None
    )
    assert [(row.sheet, row.row) for row in new.items] == [("一", 7)]


async def test_what_is_applied_is_written_down_before_and_its_file_goes(desk: ImportDesk) -> None:
    batch = await desk.applied()
    await desk.imports.sweep()

    assert (batch.state, batch.edition) == (ImportState.APPLIED, 1)
    assert desk.audit.acts[-1].action is AuditAction.IMPORT_APPLIED
    assert desk.audit.acts[-1].actor_account_id == "account_secretary"
    assert desk.files.kept == {}
    assert not (await desk.now_of(batch)).has_leftovers
    kept = await desk.imports.queries.refused_rows(secretary(), batch, first=5, after=None)
    assert len(kept.items) == 2


async def test_a_file_that_cannot_be_read_is_refused_by_name(desk: ImportDesk) -> None:
    desk.kind.fails = [UnreadableFile()]

    batch = await desk.checked()

    assert batch.state is ImportState.REFUSED
    assert batch.refusal is not None
    assert (batch.refusal.code, batch.refusal.reason) == ("UNREADABLE", "读不了。")


async def test_a_crash_is_borne_and_what_it_found_forgotten(desk: ImportDesk) -> None:
    desk.kind.fails = [CRASH]
    batch = await desk.checked()
    assert (batch.state, batch.crashes, batch.run) == (ImportState.CHECKING, 1, 1)

    await desk.imports.work_through()

    batch = await desk.now_of(batch)
    assert (batch.state, batch.run) == (ImportState.CHECKED, 2)
    refused = await desk.imports.queries.refused_rows(secretary(), batch, first=9, after=None)
    assert len(refused.items) == 2


async def test_a_file_that_crashes_every_process_is_refused(desk: ImportDesk) -> None:
    desk.kind.fails = [CRASH] * CRASHES_BORNE
    batch = await desk.checked()

    for _ in range(CRASHES_BORNE):
        await desk.imports.work_through()

    batch = await desk.now_of(batch)
    assert batch.state is ImportState.REFUSED
    assert batch.refusal is not None
    assert batch.refusal.code == "IMPORT_CRASHED"


async def test_an_apply_that_always_crashes_is_taken_back(desk: ImportDesk) -> None:
    batch = await desk.accept(await desk.checked())
    desk.kind.fails = [CRASH] * CRASHES_BORNE

    for _ in range(CRASHES_BORNE):
        await desk.imports.work_through()

    assert (await desk.now_of(batch)).state is ImportState.REFUSED
    assert desk.kind.abandoned == [batch.id]
    assert desk.kind.applied == []


async def test_what_is_shown_already_is_brought_to_its_end(desk: ImportDesk) -> None:
    batch = await desk.accept(await desk.checked())
    desk.kind.fails = [CRASH] * (CRASHES_BORNE + 2)
    desk.kind.is_shown = True

    for _ in range(CRASHES_BORNE + 3):
        await desk.imports.work_through()

    assert (await desk.now_of(batch)).state is ImportState.APPLIED
    assert desk.kind.abandoned == []


async def test_an_import_that_must_wait_for_another_goes_on_later(desk: ImportDesk) -> None:
    batch = await desk.accept(await desk.checked())
    desk.kind.fails = [ImportWaits()]
    await desk.imports.work_through()
    assert (await desk.now_of(batch)).crashes == 0

    await desk.imports.work_through()

    assert (await desk.now_of(batch)).state is ImportState.APPLIED


async def test_a_batch_that_another_process_has_is_left_alone(desk: ImportDesk) -> None:
    batch = await desk.send(b"1")
    desk.claims.taken.add(batch.id)

    await desk.imports.work_through()

    assert await desk.now_of(batch) == batch


async def test_a_superseded_run_can_write_nothing_more(desk: ImportDesk) -> None:
    sent = await desk.send(b"1")
    first = await desk.batches.change(HERE, sent.id, ImportBatch.begin_check)
    await desk.batches.change(HERE, sent.id, ImportBatch.begin_check)
    writes = desk.batches.writes

    with pytest.raises(WorkSuperseded):
        await desk.imports.work_on_batch(HERE, sent.id, first.run)
    journal = BatchJournal(first, desk.batches, desk.rows, desk.now)
    with pytest.raises(WorkSuperseded):
        await journal.progress(Phase.READING, 1)

    assert desk.batches.writes == writes


async def test_progress_is_written_once_a_second_at_most(desk: ImportDesk) -> None:
    sent = await desk.send(b"1")
    batch = await desk.batches.change(HERE, sent.id, ImportBatch.begin_check)
    journal = BatchJournal(batch, desk.batches, desk.rows, desk.now)
    writes = desk.batches.writes

    for done in range(1000):
        await journal.progress(Phase.READING, done)
        desk.now.at += timedelta(milliseconds=10)

    assert desk.batches.writes - writes == 10
    progress = (await desk.now_of(batch)).progress
    assert progress is not None
    assert (progress.phase, progress.done) == (Phase.READING, 900)


async def test_an_operator_takes_a_file_to_its_end(desk: ImportDesk) -> None:
    desk.kind.fails = [ImportWaits()]
    sent = await desk.send(b"1", by=secretary())

    ended = await desk.imports.work_to_the_end(secretary(), sent)

    assert (ended.state, ended.accepted_by) == (ImportState.APPLIED, "account_secretary")
    assert desk.files.kept == {}
    assert await desk.imports.work_to_the_end(secretary(), ended) == ended


async def test_a_file_left_half_done_by_an_operator_is_taken_up(desk: ImportDesk) -> None:
    sent = await desk.send(b"1", by=secretary())
    desk.kind.fails = [CRASH]
    with pytest.raises(RuntimeError):
        await desk.imports.work_to_the_end(secretary(), sent)

    await desk.imports.work_through()

    assert (await desk.now_of(sent)).state is ImportState.CHECKED

"""A person decides about a checked file."""

from datetime import timedelta

import pytest
from chassis.errors import Forbidden
from residents.application.privacy.ports import AuditAction
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.imports.errors import (
    ImportInProgress,
    ImportNotChecked,
    ImportNotFound,
    ImportUnderway,
)

from .import_desk import HERE, THERE, ImportDesk, clerk, secretary


async def test_a_secretary_accepts_what_was_checked(desk: ImportDesk) -> None:
    accepted = await desk.accept(await desk.checked())

    assert (accepted.state, accepted.accepted_by) == (ImportState.ACCEPTED, "account_secretary")
    act = desk.audit.acts[-1]
    assert (act.action, act.subject) == (AuditAction.IMPORT_ACCEPTED, accepted.id)


async def test_a_clerk_does_not_accept(desk: ImportDesk) -> None:
    batch = await desk.checked()
    writes, acts = desk.batches.writes, len(desk.audit.acts)

    with pytest.raises(Forbidden):
        await desk.imports.accept_import(clerk(), batch.id)

    assert (desk.batches.writes, len(desk.audit.acts)) == (writes, acts)


async def test_another_communitys_import_is_unknown(desk: ImportDesk) -> None:
    batch = await desk.checked()
    writes = desk.batches.writes

    for use_case in (desk.imports.accept_import, desk.imports.discard_import):
        with pytest.raises(ImportNotFound):
            await use_case(secretary(THERE), batch.id)

    assert desk.batches.writes == writes
    assert await desk.imports.queries.imports_by_id(secretary(THERE), [batch.id]) == [None]


async def test_what_is_not_checked_is_not_accepted(desk: ImportDesk) -> None:
    received = await desk.send(b"1")
    discarded = await desk.imports.discard_import(clerk(), (await desk.send(b"2")).id)
    writes = desk.batches.writes

    for batch in (received, discarded):
        with pytest.raises(ImportNotChecked):
            await desk.accept(batch)

    assert desk.batches.writes == writes


async def test_accepting_again_changes_nothing(desk: ImportDesk) -> None:
    accepted = await desk.accept(await desk.checked())

    assert await desk.accept(accepted) == accepted
    applied = await desk.applied(b"2")
    assert await desk.accept(applied) == applied


async def test_one_import_of_a_community_is_accepted_at_a_time(desk: ImportDesk) -> None:
    one, other = await desk.checked(b"1"), await desk.checked(b"2")
    await desk.accept(one)
    acts = len(desk.audit.acts)

    with pytest.raises(ImportInProgress):
        await desk.accept(other)

    assert (await desk.now_of(other)).state is ImportState.CHECKED
    assert len(desk.audit.acts) == acts


async def test_of_two_accepted_at_the_same_moment_one_steps_back(desk: ImportDesk) -> None:
    one, other = await desk.checked(b"1"), await desk.checked(b"2")
    add = desk.audit.append

    async def meanwhile(entry: object) -> None:
        desk.audit.append = add  # type: ignore[method-assign]
        await desk.accept(other)

    desk.audit.append = meanwhile  # type: ignore[method-assign]
    with pytest.raises(ImportInProgress):
        await desk.accept(one)

    assert (await desk.now_of(one)).state is ImportState.CHECKED
    assert (await desk.now_of(other)).state is ImportState.ACCEPTED


async def test_an_acceptance_after_one_that_was_taken_back_is_written_down_too(
    desk: ImportDesk,
) -> None:
    batch = await desk.checked()
    await desk.accept(batch)
    await desk.batches.change(HERE, batch.id, ImportBatch.withdraw_acceptance)
    desk.now.advance(minutes=1)

    for _ in range(2):
        await desk.accept(batch)

    acts = [act for act in desk.audit.acts if act.action is AuditAction.IMPORT_ACCEPTED]
    assert [act.at for act in acts] == [desk.now.at - timedelta(minutes=1), desk.now.at]


async def test_what_was_accepted_is_not_discarded(desk: ImportDesk) -> None:
    accepted = await desk.accept(await desk.checked())

    with pytest.raises(ImportUnderway):
        await desk.imports.discard_import(clerk(), accepted.id)

    assert await desk.now_of(accepted) == accepted


async def test_a_discarded_file_leaves_only_its_batch(desk: ImportDesk) -> None:
    batch = await desk.checked()

    discarded = await desk.imports.discard_import(clerk(), batch.id)

    assert discarded.state is ImportState.DISCARDED
    assert not discarded.has_leftovers
    assert desk.files.kept == {}
    assert (await _refused_rows(desk, discarded)) == 0
    assert await desk.imports.discard_import(clerk(), batch.id) == discarded


async def test_what_is_discarded_during_its_check_leaves_nothing(desk: ImportDesk) -> None:
    sent = await desk.send(b"2")
    desk.kind.meanwhile = lambda: desk.imports.discard_import(clerk(), sent.id)

    await desk.imports.work_through()
    await desk.imports.sweep()

    batch = await desk.now_of(sent)
    assert (batch.state, batch.has_leftovers) == (ImportState.DISCARDED, False)
    assert (desk.files.kept, desk.rows.all) == ({}, [])


async def test_what_nobody_accepts_in_14_days_expires(desk: ImportDesk) -> None:
    batch = await desk.checked()
    desk.now.advance(days=13, hours=23)
    await desk.imports.sweep()
    assert (await desk.now_of(batch)).state is ImportState.CHECKED

    desk.now.advance(hours=1)
    with pytest.raises(ImportNotChecked):
        await desk.accept(batch)
    await desk.imports.sweep()

    assert (await desk.now_of(batch)).state is ImportState.EXPIRED
    assert desk.files.kept == {}


async def test_an_accepted_import_does_not_expire(desk: ImportDesk) -> None:
    batch = await desk.accept(await desk.checked())
    desk.now.advance(days=30)

    await desk.imports.sweep()

    assert await desk.now_of(batch) == batch


async def _refused_rows(desk: ImportDesk, batch: ImportBatch) -> int:
    page = await desk.imports.queries.refused_rows(secretary(), batch, first=10, after=None)
    return len(page.items)

"""A file is taken in once, by who may."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from chassis.errors import BadUserInput, Forbidden, RequestIdReused
from residents.application.imports.ports import ReceivedFile
from residents.application.imports.receive_file import HOURLY_IMPORTS, HOURLY_UPLOADS
from residents.application.privacy.ports import AuditAction
from residents.domain.china_days import day_of
from residents.domain.imports.batch import ImportState, Kind
from residents.domain.imports.errors import FileTooLarge, TooManyImports

from .import_desk import HERE, THERE, ImportDesk, as_it_comes, clerk, resident, secretary
from .ledgers import JULY, NOVEMBER


async def test_a_file_that_came_whole_waits_for_its_check(desk: ImportDesk) -> None:
    batch = await desk.send(b"12345", by=clerk())

    assert batch.state is ImportState.RECEIVED
    assert (batch.file.size_bytes, batch.received_by) == (5, "account_clerk")
    assert list(desk.files.kept.values()) == [b"12345"]
    (act,) = desk.audit.acts
    assert (act.action, act.subject) == (AuditAction.IMPORT_RECEIVED, batch.id)


async def test_who_may_not_import_sends_nothing(desk: ImportDesk) -> None:
    with pytest.raises(Forbidden):
        await desk.send(b"1", by=resident())
    with pytest.raises(Forbidden):
        await desk.imports.receive_file.admit(resident(), Kind.RESIDENT_LEDGER)

    assert (desk.batches.writes, desk.files.kept, desk.audit.acts) == (0, {}, [])


async def test_a_file_that_breaks_off_leaves_nothing(desk: ImportDesk) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"1"
        raise FileTooLarge

    sent = ReceivedFile(kind=Kind.RESIDENT_LEDGER, request_id="a", as_of=None, pieces=broken())
    with pytest.raises(FileTooLarge):
        await desk.imports.receive_file(clerk(), sent)

    assert (desk.batches.writes, desk.files.kept) == (0, {})


async def test_a_repeated_request_is_answered_with_its_batch(desk: ImportDesk) -> None:
    first = await desk.send(b"1", key="same")

    assert await desk.send(b"1", key="same") == first
    assert len(desk.files.kept) == 1


async def test_a_request_with_another_file_is_refused(desk: ImportDesk) -> None:
    await desk.send(b"1", key="same")

    with pytest.raises(RequestIdReused):
        await desk.send(b"2", key="same")
    with pytest.raises(RequestIdReused):
        await desk.send(b"1", key="same", kind=Kind.OWNERS_REGISTER)

    assert len(desk.batches.all) == len(desk.files.kept) == 1


async def test_a_request_with_another_day_is_refused(desk: ImportDesk) -> None:
    await desk.send(b"1", key="same", as_of=JULY)

    with pytest.raises(RequestIdReused):
        await desk.send(b"1", key="same", as_of=NOVEMBER)

    assert [batch.as_of for batch in desk.batches.all] == [JULY]
    assert len(desk.files.kept) == 1


@pytest.mark.parametrize("kind", Kind)
async def test_a_file_of_a_day_to_come_is_refused(desk: ImportDesk, kind: Kind) -> None:
    today = day_of(desk.now())
    with pytest.raises(BadUserInput) as refused:
        await desk.send(b"1", kind=kind, as_of=today + timedelta(days=1))

    assert refused.value.message == "文件所属日期不能晚于今天。"
    assert (desk.batches.writes, desk.files.kept, desk.audit.acts) == (0, {}, [])
    assert (await desk.send(b"1", kind=kind, as_of=today)).as_of == today


async def test_the_same_file_of_another_day_is_another_import(desk: ImportDesk) -> None:
    first = await desk.send(b"1", as_of=JULY)

    other = await desk.send(b"1", as_of=NOVEMBER)

    assert (other.attempt, other.as_of) == (2, NOVEMBER)
    assert await desk.now_of(first) == first
    assert await desk.send(b"1", as_of=NOVEMBER) == other
    assert len(desk.files.kept) == 2


async def test_the_same_file_again_is_the_batch_that_is_there(desk: ImportDesk) -> None:
    first = await desk.send(b"1")

    assert await desk.send(b"1", by=secretary()) == first
    assert len(desk.files.kept) == 1


async def test_the_file_applied_last_is_not_imported_again(desk: ImportDesk) -> None:
    applied = await desk.applied(b"1")

    assert (await desk.send(b"1")).id == applied.id


async def test_a_superseded_file_may_come_again(desk: ImportDesk) -> None:
    first = await desk.applied(b"1")
    await desk.applied(b"2")

    again = await desk.send(b"1")

    assert (again.id != first.id, again.attempt) == (True, 2)
    assert again.state is ImportState.RECEIVED


async def test_a_discarded_file_may_come_again(desk: ImportDesk) -> None:
    first = await desk.send(b"1")
    await desk.imports.discard_import(clerk(), first.id)

    again = await desk.send(b"1")

    assert (again.attempt, again.state) == (2, ImportState.RECEIVED)


async def test_other_kinds_and_communities_have_batches_of_their_own(desk: ImportDesk) -> None:
    ids = {
        (await desk.send(b"1")).id,
        (await desk.send(b"1", kind=Kind.OWNERS_REGISTER)).id,
        (await desk.send(b"1", by=clerk(THERE))).id,
    }

    assert len(ids) == 3


async def test_too_many_files_in_an_hour_wait(desk: ImportDesk) -> None:
    for number in range(HOURLY_IMPORTS):
        await desk.send(str(number).encode())

    with pytest.raises(TooManyImports):
        await desk.imports.receive_file.admit(clerk(), Kind.RESIDENT_LEDGER)
    await desk.imports.receive_file.admit(clerk(THERE), Kind.RESIDENT_LEDGER)
    desk.now.advance(hours=1, seconds=1)
    await desk.imports.receive_file.admit(clerk(), Kind.RESIDENT_LEDGER)

    assert {batch.community_id for batch in desk.batches.all} == {HERE}


async def test_a_file_whose_batch_was_never_written_is_forgotten_after_an_hour(
    desk: ImportDesk,
) -> None:
    named = await desk.send(b"1")
    await desk.files.keep(HERE, "file_left", as_it_comes(b"2"))

    desk.now.advance(minutes=59)
    await desk.imports.sweep()
    assert len(desk.files.kept) == 2

    for _ in range(2):
        desk.now.advance(hours=1)
        await desk.imports.sweep()
        assert list(desk.files.kept) == [(HERE, named.file.id)]
    assert await desk.now_of(named) == named


async def test_uploads_are_counted_whatever_comes_of_them(desk: ImportDesk) -> None:
    admit = desk.imports.receive_file.admit
    for _ in range(HOURLY_UPLOADS):
        await admit(clerk(), Kind.RESIDENT_LEDGER)
    writes = desk.uploads.writes

    with pytest.raises(TooManyImports):
        await admit(clerk(), Kind.OWNERS_REGISTER)

    assert (desk.uploads.writes, desk.batches.writes, desk.audit.acts) == (writes, 0, [])
    await admit(secretary(), Kind.RESIDENT_LEDGER)
    desk.now.advance(hours=1)
    await admit(clerk(), Kind.RESIDENT_LEDGER)

"""A register beside other imports: the day that it speaks of, and its turn."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from residents.domain.imports.batch import ImportState, Kind
from residents.domain.ledger.cells import SheetCells

from ...owners_office import COMMUNITY, HEADER, Journal, Killed, OwnersOffice, batch_of, row
from ..imports.import_desk import ImportDesk, clerk, secretary

LATE_ON_THE_19TH = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)


async def test_a_register_that_says_no_day_speaks_of_the_day_on_which_it_came(
    office: OwnersOffice,
) -> None:
    file = office.file("undated")
    office._files[file] = [SheetCells("产权登记", [HEADER, row("1-1-101", "王建国", "1/1")], [])]
    batch = msgspec.structs.replace(batch_of(file), received_at=LATE_ON_THE_19TH)

    outcome = await office.kind.check(batch, file, Journal())
    await office.kind.apply(batch, file, Journal())

    register = await office.registers.get(COMMUNITY, office.identities.register(COMMUNITY))
    assert outcome.as_of == register.as_of == date(2026, 11, 20)


async def test_a_register_waits_for_another_that_is_being_applied(office: OwnersOffice) -> None:
    desk = ImportDesk(office.kind)
    content = office.file("waiting", row("1-1-101", "王建国", "1/1"))
    sent = await desk.send(content, by=clerk(COMMUNITY), kind=Kind.OWNERS_REGISTER)
    await desk.imports.work_through()
    await desk.imports.accept_import(secretary(COMMUNITY), sent.id)
    other = office.file("other", row("1-1-102", "赵敏", "1/1"))
    with pytest.raises(Killed):
        await office.apply(other, Journal(dies_after=2))
    before = await office.state()

    await desk.imports.work_through()

    waiting = await desk.now_of(sent)
    assert (waiting.state, waiting.crashes) == (ImportState.APPLYING, 0)
    assert waiting.refusal is None
    assert await office.state() == before
    await office.apply(other)
    await desk.imports.work_through()
    assert (await desk.now_of(sent)).state is ImportState.APPLIED
    assert await office.owners_on("101") == {"王**": "1/1"}

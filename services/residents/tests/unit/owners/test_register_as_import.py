"""A register beside other imports."""

import pytest
from residents.domain.imports.batch import ImportState, Kind

from ...owners_office import COMMUNITY, Journal, Killed, OwnersOffice, row
from ..imports.import_desk import ImportDesk, clerk, secretary

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

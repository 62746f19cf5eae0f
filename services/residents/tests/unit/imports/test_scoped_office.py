"""An import is of the whole community: who answers for some estates has nothing to do with it."""

import pytest
from chassis.errors import Forbidden
from residents.domain.imports.batch import Kind
from residents.domain.imports.rows import Difference
from residents.domain.roles import Actor, Role, RoleGrant

from .import_desk import HERE, ImportDesk

ESTATE = ("estate_a",)


def scoped(role: Role, *others: RoleGrant) -> Actor:
    return Actor("account_scoped", HERE, "session_1", (RoleGrant(role, ESTATE), *others))


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY])
async def test_who_answers_for_an_estate_neither_sends_nor_reads(
    desk: ImportDesk, role: Role
) -> None:
    batch = await desk.checked()
    before = desk.batches.writes, dict(desk.files.kept), len(desk.audit.acts)
    actor, queries = scoped(role), desk.imports.queries

    for command in (
        desk.send(b"3", by=actor),
        desk.imports.receive_file.admit(actor, Kind.OWNERS_REGISTER),
        desk.imports.accept_import(actor, batch.id),
        desk.imports.discard_import(actor, batch.id),
        queries.imports(actor, first=9, after=None),
        queries.imports_by_id(actor, [batch.id]),
        queries.refused_rows(actor, batch, first=9, after=None),
        queries.differences(actor, batch, Difference.NEW, first=9, after=None),
    ):
        with pytest.raises(Forbidden):
            await command

    assert (desk.batches.writes, desk.files.kept, len(desk.audit.acts)) == before


async def test_a_role_for_the_whole_community_does_not_widen_another(desk: ImportDesk) -> None:
    batch = await desk.checked()
    writes = desk.batches.writes
    actor = scoped(Role.SECRETARY, RoleGrant(Role.CLERK))

    with pytest.raises(Forbidden):
        await desk.imports.accept_import(actor, batch.id)

    assert desk.batches.writes == writes
    assert await desk.imports.queries.imports_by_id(actor, [batch.id]) == [batch]

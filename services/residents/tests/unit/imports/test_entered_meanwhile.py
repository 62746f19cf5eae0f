"""Somebody is entered by hand while a ledger that names them is applied: they are one person."""

from collections.abc import Sequence
from typing import Any

import pytest
from residents.domain.archive.errors import PersonAlreadyHere
from residents.domain.archive.residents import Resident

from .import_desk import HERE, ImportDesk
from .ledgers import NOVEMBER, ArchiveInMemory, person, reading

NEWCOMER = "钱多"
LATER = reading([person("马曦", 0), person(NEWCOMER, 1), person("赵新", 2)], as_of=NOVEMBER)


class Stopped(RuntimeError):
    """The process was killed."""


@pytest.fixture
async def archive() -> ArchiveInMemory:
    archive = ArchiveInMemory()
    await ImportDesk(archive.kind).applied(archive.readings.file(reading([person("马曦", 0)])))
    return archive


async def applied(archive: ArchiveInMemory) -> list[tuple[str, str]]:
    """Import the later ledger. Returns: the names and ids of who counts, every one."""
    await ImportDesk(archive.kind).applied(archive.readings.file(LATER))
    view = (await archive.archives.of(HERE)).view
    living = await archive.residents.living(HERE, view=view, first=99)
    return sorted((each.facts.name, each.id) for each in living.items if each.facts)


def around_add_all(archive: ArchiveInMemory, act: Any, *, is_killed: bool = False) -> None:
    """Let something happen just before the next writing of those who are new."""
    add_all = archive.residents.add_all

    async def acting(new: Sequence[Any], *, in_all: int | None = None) -> int:
        archive.residents.add_all = add_all  # type: ignore[method-assign]
        await act()
        added = await add_all(new, in_all=in_all)
        if is_killed:
            raise Stopped
        return added

    archive.residents.add_all = acting  # type: ignore[method-assign]


@pytest.mark.parametrize("is_killed", [False, True])
async def test_who_was_entered_after_the_import_looked_is_one_person(
    archive: ArchiveInMemory, is_killed: bool
) -> None:
    entered: list[Resident] = []

    async def enter() -> None:
        entered.append(await archive.enter(NEWCOMER, archive.households.all[2]))

    around_add_all(archive, enter, is_killed=is_killed)
    desk = ImportDesk(archive.kind)
    batch = await desk.accept(await desk.checked(archive.readings.file(LATER)))
    for _ in range(3):
        await desk.imports.work_through()

    view = (await archive.archives.of(HERE)).view
    living = (await archive.residents.living(HERE, view=view, first=99)).items
    assert (await archive.archives.of(HERE)).counts(batch.id)
    assert sorted(each.facts.name for each in living if each.facts) == ["赵新", NEWCOMER, "马曦"]
    (one,) = [each for each in living if each.facts and each.facts.name == NEWCOMER]
    assert (one.id, one.home) == (entered[0].id, entered[0].home)
    verified = [event for event in archive.residents.events if "Verified" in type(event).__name__]
    assert len(verified) == 3


async def test_who_is_about_to_be_shown_is_not_entered(archive: ArchiveInMemory) -> None:
    flip = archive.editions.flip
    refused: list[PersonAlreadyHere] = []

    async def entering(*args: Any) -> object:
        before = archive.residents.writes
        with pytest.raises(PersonAlreadyHere) as refusal:
            await archive.enter(NEWCOMER, archive.households.all[2])
        refused.append(refusal.value)
        assert archive.residents.writes == before
        return await flip(*args)

    object.__setattr__(archive.editions, "flip", entering)
    people = await applied(archive)

    assert [name for name, _ in people].count(NEWCOMER) == 1
    assert (NEWCOMER, refused[0].resident_id) in people


async def test_whom_the_import_writes_while_they_are_entered_is_one_person(
    archive: ArchiveInMemory,
) -> None:
    """The clerk asked before the import wrote, and writes after it looked who holds."""
    entered_ids: list[str] = []
    flip, others = archive.editions.flip, archive.residents.known_by

    async def entering(*args: Any) -> object:
        asked = 0

        async def known_nobody(community_id: str, marks: Sequence[str], *, view: Any) -> Any:
            nonlocal asked
            asked += 1
            return [] if asked <= 2 else await others(community_id, marks, view=view)

        archive.residents.known_by = known_nobody  # type: ignore[method-assign]
        entered_ids.append((await archive.enter(NEWCOMER, archive.households.all[2])).id)
        archive.residents.known_by = others  # type: ignore[method-assign]
        return await flip(*args)

    object.__setattr__(archive.editions, "flip", entering)
    people = await applied(archive)

    assert [(name, one) for name, one in people if name == NEWCOMER] == [(NEWCOMER, entered_ids[0])]


async def test_somebody_else_of_that_name_is_entered_all_the_same(
    archive: ArchiveInMemory,
) -> None:
    async def enter() -> None:
        await archive.enter("钱少", archive.households.all[2])

    around_add_all(archive, enter)

    assert [name for name, _ in await applied(archive)] == ["赵新", "钱多", "钱少", "马曦"]

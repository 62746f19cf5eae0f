"""Doors are vacant by who lives behind them, not by what a file could know of it."""

from datetime import date

import pytest
from residents.domain.archive.homes import MoveReason
from residents.domain.ledger.reading import LedgerReading

from .import_desk import HERE, ImportDesk
from .ledgers import NOVEMBER, TODAY, ArchiveInMemory, person, reading

FAMILY = [person("马曦", 0), person("李安", 1)]


@pytest.fixture
async def archive() -> ArchiveInMemory:
    """Two live behind a door each; the third is vacant."""
    archive = ArchiveInMemory()
    await apply(archive, reading(FAMILY, vacant=frozenset({2})))
    return archive


async def apply(archive: ArchiveInMemory, said: LedgerReading) -> tuple[list[bool], int]:
    """Import a ledger. Returns: whether each door is vacant, and how many are counted so."""
    await ImportDesk(archive.kind).applied(archive.readings.file(said))
    edition = (await archive.archives.of(HERE)).edition
    figures = await archive.figures.of_edition(HERE, edition)
    return [each.vacant for each in archive.households.all], sum(it.counts.vacant for it in figures)


async def move_out(archive: ArchiveInMemory, name: str, on: date) -> None:
    """Somebody leaves, and their door is told to be vacant."""
    one = (await archive.people(HERE))[name]
    assert one.home is not None
    await archive.residents.change(
        HERE,
        one.id,
        lambda before: before.move_out(
            on, MoveReason.SOLD, edition=1, today=TODAY, at=archive.now()
        ),
    )
    await archive.households.change(
        HERE,
        one.home.household_id,
        lambda before: before.with_vacancy(vacant=True, edition=1, at=archive.now()),
    )


async def test_a_file_is_believed_where_nobody_knows_better(archive: ArchiveInMemory) -> None:
    later = reading([person("马曦", 2), person("李安", 1)], as_of=NOVEMBER, vacant=frozenset({0}))

    assert await apply(archive, later) == ([True, False, False], 1)


async def test_a_door_is_not_vacant_while_those_whom_the_file_misses_live_there(
    archive: ArchiveInMemory,
) -> None:
    later = reading(FAMILY[:1], as_of=NOVEMBER, area_cm2=400_000, vacant=frozenset({1, 2}))

    assert await apply(archive, later) == ([False, False, True], 1)
    assert (await archive.people(HERE))["李安"].home is not None
    assert {each.area_cm2 for each in archive.households.all} == {400_000}


async def test_a_door_stays_vacant_whose_last_resident_left_after_the_files_day(
    archive: ArchiveInMemory,
) -> None:
    await move_out(archive, "李安", date(2026, 11, 10))
    later = reading(FAMILY, as_of=NOVEMBER, area_cm2=400_000, vacant=frozenset({2}))

    assert await apply(archive, later) == ([False, True, True], 2)


async def test_a_door_is_no_longer_vacant_to_which_the_file_brings_somebody_back(
    archive: ArchiveInMemory,
) -> None:
    await move_out(archive, "李安", date(2026, 8, 1))
    later = reading(FAMILY, as_of=NOVEMBER, vacant=frozenset({2}))

    assert await apply(archive, later) == ([False, False, True], 1)


async def test_a_new_door_is_vacant_whose_people_left_after_the_files_day(
    archive: ArchiveInMemory,
) -> None:
    await move_out(archive, "李安", date(2026, 11, 10))
    later = reading([person("马曦", 0), person("李安", 3)], doors=4, as_of=NOVEMBER)

    assert await apply(archive, later) == ([False, False, False, True], 1)


async def test_a_door_whose_people_could_not_be_read_is_not_vacant(
    archive: ArchiveInMemory,
) -> None:
    later = reading(FAMILY, doors=4, as_of=NOVEMBER)

    assert await apply(archive, later) == ([False, False, False, False], 0)

"""People and places that somebody changes while a ledger is applied: the hand knows better."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
import pytest
from residents.domain.archive.homes import Home, MoveReason
from residents.domain.archive.marks import marks_of
from residents.domain.archive.places import EstateKind
from residents.domain.archive.residents import Resident
from residents.domain.ledger.reading import LedgerReading

from .import_desk import HERE, ImportDesk
from .ledgers import KEYED_HASH, NOVEMBER, TODAY, ArchiveInMemory, person, reading

FAMILY = [person("马曦", 0), person("李安", 0), person("赵敏", 1)]
LATER = reading(
    [person("马曦", 1), person("李安", 0, phone="13900001111"), person("赵敏", 2)],
    as_of=NOVEMBER,
    is_old=False,
    area_cm2=400_000,
)


class Meanwhile:
    """A store whose next staging finds that somebody wrote just before it."""

    def __init__(self, store: Any, act: Callable[[], Awaitable[object]]) -> None:
        self._stage_all, self._act = store.stage_all, act
        self.has_acted = False
        store.stage_all = self.stage_all

    async def stage_all(
        self, community_id: str, staged: Mapping[str, tuple[int, Any]]
    ) -> Sequence[str]:
        """Let somebody write, once, and stage."""
        if not self.has_acted:
            self.has_acted = True
            await self._act()
        missed: Sequence[str] = await self._stage_all(community_id, staged)
        return missed


@pytest.fixture
async def archive() -> ArchiveInMemory:
    """A family of the archive's first edition."""
    archive = ArchiveInMemory()
    await apply(archive, reading(FAMILY))
    return archive


async def apply(archive: ArchiveInMemory, said: LedgerReading) -> dict[str, Resident]:
    """Import a ledger. Returns: who counts then."""
    await ImportDesk(archive.kind).applied(archive.readings.file(said))
    return await archive.people(HERE)


async def test_who_moved_out_meanwhile_stays_out(archive: ArchiveInMemory) -> None:
    gone = (await archive.people(HERE))["马曦"]

    async def move_out() -> None:
        await archive.residents.change(
            HERE,
            gone.id,
            lambda before: before.move_out(
                date(2026, 10, 1), MoveReason.SOLD, edition=1, today=TODAY, at=archive.now()
            ),
        )

    Meanwhile(archive.residents, move_out)
    people = await apply(archive, LATER)

    assert people["马曦"].home is None
    assert len(people["马曦"].history) == 1
    assert people["李安"].facts is not None
    assert people["李安"].facts.phone == "13900001111"
    assert people["赵敏"].home != gone.home


async def test_who_moved_within_meanwhile_stays_there(archive: ArchiveInMemory) -> None:
    one, door = (await archive.people(HERE))["马曦"], archive.households.all[2]
    home = Home.at(door, since=date(2026, 10, 1))

    async def move() -> None:
        await archive.residents.change(
            HERE,
            one.id,
            lambda before: before.change_household(home, edition=1, today=TODAY, at=archive.now()),
        )

    Meanwhile(archive.residents, move)

    assert (await apply(archive, LATER))["马曦"].home == home


async def test_a_correction_meanwhile_stands_and_makes_nobody_new(
    archive: ArchiveInMemory,
) -> None:
    one = (await archive.people(HERE))["李安"]
    assert one.facts is not None
    facts = msgspec.structs.replace(one.facts, name="李庵")
    marks = marks_of(facts, identity=None, today=TODAY, keyed_hash=KEYED_HASH)

    async def correct() -> None:
        await archive.residents.change(
            HERE,
            one.id,
            lambda before: before.corrected(facts, marks, edition=1, at=archive.now()),
        )

    Meanwhile(archive.residents, correct)
    people = await apply(archive, LATER)

    assert people.keys() == {"马曦", "李庵", "赵敏"}
    assert people["李庵"].facts == facts


async def test_a_birthday_meanwhile_loses_nothing_of_the_file(archive: ArchiveInMemory) -> None:
    one = (await archive.people(HERE))["李安"]

    async def come_of_age() -> None:
        await archive.residents.change(
            HERE, one.id, lambda before: (msgspec.structs.replace(before, marks=("aged",)), ())
        )

    Meanwhile(archive.residents, come_of_age)
    after = (await apply(archive, LATER))["李安"]

    assert after.facts is not None
    assert after.facts.phone == "13900001111"


async def test_a_kind_that_is_said_meanwhile_stands(archive: ArchiveInMemory) -> None:
    (estate,) = archive.estates.all

    async def say() -> None:
        await archive.estates.change(
            HERE, estate.id, lambda before: before.of_kind(EstateKind.UNKNOWN)
        )

    Meanwhile(archive.estates, say)
    await apply(archive, LATER)

    assert archive.estates.all[0].kind is EstateKind.UNKNOWN


async def test_a_door_that_becomes_vacant_meanwhile_keeps_the_files_area(
    archive: ArchiveInMemory,
) -> None:
    door = archive.households.all[2]

    async def vacate() -> None:
        await archive.households.change(
            HERE,
            door.id,
            lambda before: before.with_vacancy(vacant=True, edition=1, at=archive.now()),
        )

    Meanwhile(archive.households, vacate)
    await apply(archive, LATER)

    assert {each.area_cm2 for each in archive.households.all} == {400_000}

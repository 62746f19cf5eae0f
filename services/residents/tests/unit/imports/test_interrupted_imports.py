"""An import that is stopped anywhere comes to the same, and shows nothing before it is whole."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.marks import marks_of
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.imports.rows import Difference

from .import_desk import HERE, ImportDesk
from .ledgers import KEYED_HASH, NOVEMBER, TODAY, ArchiveInMemory, person, reading

WRITES = ("add", "add_all", "stage_all", "change", "settle")
FIRST = reading([person(f"居民{n}", n % 3, row=n) for n in range(6)])
LATER = reading(
    [
        *(person(f"居民{n}", (n + 1) % 3, row=n) for n in range(3)),
        *(person(f"居民{n}", n % 3, row=n, phone="13900001111") for n in range(3, 5)),
        *(person(f"新居民{n}", n % 3, row=n) for n in range(4)),
    ],
    as_of=NOVEMBER,
    area_cm2=400_000,
)


class Stopped(RuntimeError):
    """The process was killed."""


class Stopping:
    """Stops the n-th write to the archive, before or after it is done."""

    def __init__(self, archive: ArchiveInMemory, *, at: int, is_after: bool) -> None:
        self._left = at
        self._is_after = is_after
        for store in (
            archive.archives, archive.estates, archive.buildings, archive.households,
            archive.residents, archive.figures,
        ):  # fmt: skip
            for name in WRITES:
                if hasattr(store, name):
                    setattr(store, name, self._stopping(getattr(store, name)))

    def _stopping(self, write: Callable[..., Any]) -> Callable[..., Any]:
        async def stopping(*args: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._is_after:
                raise Stopped
            done = await write(*args, **named)
            if self._left == 0:
                raise Stopped
            return done

        return stopping


async def _both_applied(archive: ArchiveInMemory, desk: ImportDesk) -> ImportBatch:
    """Apply both ledgers, beginning again whenever it stops."""
    await desk.applied(archive.readings.file(FIRST))
    batch = await desk.accept(await desk.checked(archive.readings.file(LATER)))
    for _ in range(3):
        seen = await archive.totals(HERE)
        assert seen in {(3, 6, 6), (3, 10, 10)}
        await desk.imports.work_through()
    return await desk.batches.get(HERE, batch.id)


async def test_without_a_stop() -> None:
    archive = ArchiveInMemory()
    desk = ImportDesk(archive.kind)

    batch = await _both_applied(archive, desk)

    assert batch.outcome is not None
    assert batch.outcome.differences == {
        Difference.NEW: 4, Difference.MOVED: 3, Difference.CHANGED: 2,
        Difference.MISSING: 1, Difference.UNCHANGED: 0,
    }  # fmt: skip
    assert await archive.totals(HERE) == (3, 10, 10)


@settings(deadline=None)
@given(at=st.integers(1, 120), is_after=st.booleans())
async def test_stopped_at_any_write_it_comes_to_the_same(at: int, is_after: bool) -> None:
    archive, undisturbed = ArchiveInMemory(), ArchiveInMemory()
    desk = ImportDesk(archive.kind)
    await _both_applied(undisturbed, ImportDesk(undisturbed.kind))
    await desk.applied(archive.readings.file(FIRST))
    batch = await desk.accept(await desk.checked(archive.readings.file(LATER)))
    before = await archive.totals(HERE)
    Stopping(archive, at=at, is_after=is_after)

    for _ in range(2):
        assert await archive.totals(HERE) in {before, (3, 10, 10)}
        await desk.imports.work_through()

    assert (await desk.batches.get(HERE, batch.id)).state is ImportState.APPLIED
    assert await archive.totals(HERE) == await undisturbed.totals(HERE) == (3, 10, 10)
    assert archive.contents == undisturbed.contents
    people, expected = await archive.people(HERE), await undisturbed.people(HERE)
    assert {name: each.home for name, each in people.items()} == {
        name: each.home for name, each in expected.items()
    }
    assert {n: len(each.history) for n, each in people.items()} == {
        n: len(each.history) for n, each in expected.items()
    }
    assert [type(e).__name__ for e in archive.residents.events].count("ResidentMoved") == 3


async def test_what_a_hand_wrote_between_a_stop_and_the_next_run_stands() -> None:
    archive = ArchiveInMemory()
    desk = ImportDesk(archive.kind)
    await desk.applied(archive.readings.file(FIRST))
    batch = await desk.accept(await desk.checked(archive.readings.file(LATER)))
    change, changes = archive.archives.change, itertools.count(1)

    async def stopping_before_it_counts(*args: Any, **named: Any) -> Any:
        if next(changes) == 2:
            raise Stopped
        return await change(*args, **named)

    archive.archives.change = stopping_before_it_counts  # type: ignore[method-assign]
    await desk.imports.work_through()
    people = await archive.people(HERE)
    one, other = people["居民3"], people["居民0"]
    assert one.facts is not None
    facts = msgspec.structs.replace(one.facts, phone="13700000000")
    marks = marks_of(facts, identity=None, today=TODAY, keyed_hash=KEYED_HASH)
    await archive.residents.change(
        HERE, one.id, lambda it: it.corrected(facts, marks, edition=1, at=archive.now())
    )
    await archive.residents.change(
        HERE,
        other.id,
        lambda it: it.move_out(
            date(2026, 10, 1), MoveReason.SOLD, edition=1, today=TODAY, at=archive.now()
        ),
    )

    await desk.imports.work_through()

    assert (await desk.batches.get(HERE, batch.id)).state is ImportState.APPLIED
    people = await archive.people(HERE)
    phones = {name: each.facts.phone for name, each in people.items() if each.facts}
    assert (phones["居民3"], phones["居民4"]) == ("13700000000", "13900001111")
    assert (people["居民0"].home, len(people["居民0"].history)) == (None, 1)
    assert people["居民1"].home is not None


@pytest.mark.parametrize("at", range(1, 40, 3))
async def test_given_up_anywhere_before_it_is_shown_nothing_is_left(at: int) -> None:
    archive = ArchiveInMemory()
    desk = ImportDesk(archive.kind)
    await desk.applied(archive.readings.file(FIRST))
    contents, people = archive.contents, await archive.people(HERE)
    batch = await desk.accept(await desk.checked(archive.readings.file(LATER)))
    Stopping(archive, at=at, is_after=False)

    await desk.imports.work_through()
    is_undone = await archive.kind.abandon(batch)

    if is_undone:
        assert await archive.totals(HERE) == (3, 6, 6)
        assert archive.contents == contents
        assert (await archive.people(HERE)).keys() == people.keys()
        assert all(each.staged is None for each in archive.residents.all)
    else:
        assert (await archive.archives.of(HERE)).applied_batch_id == batch.id

"""Importing a register: checked without writing, shown by one write, resumed after any kill."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.adapters.owners.memory import MemoryOwners, MemoryOwnerships, MemoryRegisters
from residents.domain.imports.rows import Difference
from residents.domain.ledger.cells import Cell, Merge
from residents.domain.owners.errors import RegisterBusy, RegisterUnreadable
from residents.domain.owners.owner import Residence
from residents.domain.roles import Role

from ...owners_office import (
    COMMUNITY,
    EAST,
    Journal,
    Killed,
    OwnersOffice,
    actor,
    batch_of,
    household_id,
    number,
    person,
    row,
)

WANG, LI, ZHAO = number("19800501"), number("19850708"), number("19900101")
SECRETARY = actor(Role.SECRETARY)
FIRST: list[list[Cell]] = [
    row("1-1-101", "王建国", "1/2", number=WANG, phone="13812345678"),
    row("1-1-101", "李秀英", "1/2", number=LI),
    row("1-1-102", "赵敏", "共同共有", number=ZHAO),
    row("1-1-102", "钱伟", "共同共有"),
    row("1-1-103", "李秀英", "100%", number=LI, note="不在本小区居住"),
    row("1-1-101", "华泰物业有限公司", estate=EAST),
    row("9-9-999", "孙丽"),
    row("1-1-104", "周杰", "3/2"),
]
LATER: list[list[Cell]] = [
    row("1-1-101", "王建国", "1/1", number=WANG, phone="13900000000", since="2026-03-01"),
    row("1-1-102", "赵敏", "共同共有", number=ZHAO),
    row("1-1-102", "钱伟", "共同共有"),
    row("1-1-103", "孙丽", since="2001-01-01"),
    row("1-1-102", "吴芳", estate=EAST, since=None),
]


@pytest.fixture
def first(office: OwnersOffice) -> bytes:
    return office.file("first", *FIRST)


@pytest.fixture
def later(office: OwnersOffice) -> bytes:
    return office.file("later", *LATER)


def written(office: OwnersOffice) -> int:
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert isinstance(office.owners, MemoryOwners)
    assert isinstance(office.registers, MemoryRegisters)
    return office.ownerships.writes + office.owners.writes + office.registers.writes


async def test_a_check_lists_what_it_finds_and_writes_nothing(
    office: OwnersOffice, first: bytes
) -> None:
    outcome, journal = await office.check(first)

    assert journal.codes == [(10, "HOUSEHOLD_NOT_FOUND"), (11, "OWNER_SHARE_INVALID")]
    assert (outcome.rows_read, outcome.rows_refused) == (8, 2)
    assert outcome.counts == {"dwellings": 4, "co_owned_dwellings": 2, "owners": 5}
    assert outcome.differences == {Difference.NEW: 4, Difference.MISSING: 0}
    assert [(each.difference, each.row) for each in journal.rows_differing] == [
        (Difference.NEW, 4),
        (Difference.NEW, 6),
        (Difference.NEW, 8),
        (Difference.NEW, 9),
    ]
    assert written(office) == 0


async def test_what_is_applied_is_seen(office: OwnersOffice, first: bytes) -> None:
    office.residents.move_in("王建国", WANG)
    office.residents.move_in("赵敏", ZHAO, with_number=False)

    assert await office.apply(first) == 1

    assert await office.owners_on("101") == {"王**": "1/2", "李**": "1/2"}
    assert await office.owners_on("102") == {"赵*": "joint", "钱*": "joint"}
    assert await office.owners_on("104") is None
    figures = await office.room.figures(SECRETARY)
    assert (figures.known, figures.co_owned, figures.owners) == (4, 2, 5)
    assert figures.by_residence == {
        Residence.HERE: 2,
        Residence.ELSEWHERE: 1,
        Residence.NOT_COMPARABLE: 1,
        Residence.NOT_A_PERSON: 1,
    }
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert len(office.ownerships.events) == 4


async def test_the_same_file_again_changes_nothing(office: OwnersOffice, first: bytes) -> None:
    await office.apply(first)
    before, state = written(office), await office.state()

    assert await office.apply(first) == 1
    assert written(office) == before
    outcome, journal = await office.check(first)

    assert outcome.differences == {Difference.UNCHANGED: 4, Difference.MISSING: 0}
    assert journal.rows_differing == []
    again = office.file("the same under another name", *FIRST)
    assert await office.apply(again) == 2
    assert await office.state() == state
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert len(office.ownerships.events) == 4


async def test_a_later_file_records_transfers_with_history(
    office: OwnersOffice, first: bytes, later: bytes
) -> None:
    await office.apply(first)

    outcome, journal = await office.check(later)
    await office.apply(later)

    assert outcome.differences == {
        Difference.NEW: 1,
        Difference.CHANGED: 1,
        Difference.UNCHANGED: 1,
        Difference.MISSING: 1,
    }
    assert journal.codes == [(7, "OWNERSHIP_BEFORE_PRESENT")]
    told = {
        (each.difference, each.subject_id): each.fields
        for each in journal.rows_differing
        if each.difference is not Difference.NEW
    }
    assert told == {
        (Difference.CHANGED, household_id("101")): ("owners", "contact"),
        (Difference.MISSING, household_id("101", EAST)): (),
    }
    history = await office.room.queries.history(SECRETARY, household_id("101"))
    assert [(str(one.valid_from), str(one.until)) for one in history] == [
        ("2026-03-01", "None"),
        ("2010-05-01", "2026-03-01"),
    ]
    assert {stake.owner.phone for stake in history[0].stakes} == {"139****0000"}
    assert await office.owners_on("103") == {"李**": "1/1"}
    (new,) = await office.room.queries.owners_on(SECRETARY, [(household_id("102", EAST), None)])
    assert new is not None
    assert (str(new.valid_from), new.is_start_known) == ("2026-07-01", False)


async def test_a_dwelling_that_is_refused_is_not_missing(
    office: OwnersOffice, first: bytes
) -> None:
    await office.apply(first)

    outcome, _ = await office.check(
        office.file("faulty", *FIRST[2:], row("1-1-101", "王建国", "3/2"))
    )

    assert outcome.differences[Difference.MISSING] == 0


async def test_a_day_of_registration_is_learnt_by_a_later_file(office: OwnersOffice) -> None:
    await office.apply(office.file("unknown", row("1-1-101", "吴芳", since=None)))
    outcome, journal = await office.check(
        known := office.file("known", row("1-1-101", "吴芳", since="2015-01-01"))
    )
    await office.apply(known)

    (differing,) = journal.rows_differing
    assert (outcome.differences[Difference.CHANGED], differing.fields) == (1, ("registered_on",))
    (found,) = await office.room.queries.history(SECRETARY, household_id("101"))
    assert (str(found.valid_from), found.is_start_known) == ("2015-01-01", True)


async def test_merged_doors_make_co_owners(office: OwnersOffice) -> None:
    file = office.file(
        "merged",
        row("1-1-101", "王建国", "1/3"),
        row(None, "李秀英", "2/3", estate=None),
        merged=[Merge(4, 1, 5, 1), Merge(4, 2, 5, 2)],
    )
    await office.apply(file)

    assert await office.owners_on("101") == {"王**": "1/3", "李**": "2/3"}


async def test_readers_see_the_old_truth_until_one_write(
    office: OwnersOffice, first: bytes, later: bytes
) -> None:
    await office.apply(first)
    before = await office.state()

    # reading twice, then the page is staged, and the journal is told
    with pytest.raises(Killed):
        await office.apply(later, Journal(dies_after=2))

    assert await office.state() == before
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert any(one.staged for one in office.ownerships.all)


async def test_what_is_given_up_leaves_nothing(
    office: OwnersOffice, first: bytes, later: bytes
) -> None:
    await office.apply(first)
    before = await office.state()
    with pytest.raises(Killed):
        await office.apply(later, Journal(dies_after=2))
    with pytest.raises(RegisterBusy):
        await office.apply(office.file("third", *FIRST))

    assert await office.kind.abandon(batch_of(later))
    assert await office.kind.abandon(batch_of(later))

    assert await office.state() == before
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert not any(one.staged for one in office.ownerships.all)
    assert isinstance(office.owners, MemoryOwners)
    assert all(owner.from_edition <= 1 and not owner.staged for owner in office.owners.all)
    assert await office.apply(later) == 3
    assert not await office.kind.abandon(batch_of(later))


async def test_a_hand_between_staging_and_showing_knows_better(
    office: OwnersOffice, first: bytes, later: bytes
) -> None:
    await office.apply(first)
    with pytest.raises(Killed):
        await office.apply(later, Journal(dies_after=2))

    await office.transfer("101", (person("钱多多"), None))
    await office.apply(later)

    history = await office.room.queries.history(SECRETARY, household_id("101"))
    assert [[stake.owner.name for stake in one.stakes] for one in history][:2] == [
        ["王**"],
        ["钱**"],
    ]


async def test_whom_a_hand_names_stays_when_the_import_is_given_up(office: OwnersOffice) -> None:
    file = office.file("first", row("1-1-101", "王建国", number=WANG))
    with pytest.raises(Killed):
        await office.apply(file, Journal(dies_after=2))

    await office.record("102", (person("王建国", number=WANG), None))
    assert await office.owners_on("102") == {"王**": "1/1"}
    await office.kind.abandon(batch_of(file))

    assert await office.owners_on("101") is None
    assert await office.owners_on("102") == {"王**": "1/1"}
    assert (await office.room.figures(SECRETARY)).owners == 1


async def test_a_file_without_a_register_is_refused(office: OwnersOffice) -> None:
    file = office.file("none")
    office._files[file] = office._files[file][:0]

    for work in (office.check, office.apply):
        with pytest.raises(RegisterUnreadable):
            await work(file)
    assert written(office) == 0


class Dying:
    """Stands before a store and ends the process before the n-th write."""

    def __init__(self, store: object, countdown: list[int]) -> None:
        self._store = store
        self._countdown = countdown

    def __getattr__(self, name: str) -> object:
        found = getattr(self._store, name)
        if name not in {"add", "add_many", "change", "settle", "unstage"}:
            return found

        async def counted(*args: object, **keywords: object) -> object:
            self._countdown[0] -= 1
            if self._countdown[0] == 0:
                raise Killed
            return await found(*args, **keywords)

        return counted


def dying(office: OwnersOffice, countdown: list[int]) -> OwnersOffice:
    """The same office, whose stores end the process."""
    ownerships: Any = Dying(office.ownerships, countdown)
    owners: Any = Dying(office.owners, countdown)
    registers: Any = Dying(office.registers, countdown)
    made = OwnersOffice(ownerships, owners, registers, office._now)
    made._files.update(office._files)
    made.residents = office.residents
    return made


async def uninterrupted() -> OwnersOffice:
    office = OwnersOffice.in_memory()
    await office.apply(office.file("first", *FIRST))
    await office.apply(office.file("later", *LATER))
    return office


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 25), max_size=6))
async def test_killed_anywhere_it_ends_the_same(kills: list[int]) -> None:
    office, expected = OwnersOffice.in_memory(), await uninterrupted()
    for name, rows in (("first", FIRST), ("later", LATER)):
        file = office.file(name, *rows)
        for writes in kills:
            try:
                await dying(office, [writes]).apply(file)
            except Killed:
                continue
        await office.apply(file)

    assert await office.state() == await expected.state()
    assert isinstance(office.owners, MemoryOwners)
    assert isinstance(expected.owners, MemoryOwners)
    assert {one.id for one in office.owners.all} == {one.id for one in expected.owners.all}
    owning = {one.id for one in office.owners.all if one.owns}
    assert owning == {one.id for one in expected.owners.all if one.owns}
    register = await office.registers.get(COMMUNITY, office.identities.register(COMMUNITY))
    assert register.applying is None

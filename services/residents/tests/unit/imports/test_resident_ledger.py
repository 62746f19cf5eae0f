"""What a resident ledger does to the archive."""

from datetime import UTC, date, datetime

import pytest
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.places import EstateKind
from residents.domain.imports.batch import ImportBatch, ImportState
from residents.domain.imports.rows import Difference
from residents.domain.ledger.entries import LedgerPerson
from residents.domain.ledger.reading import LedgerReading

from .import_desk import HERE, ImportDesk, secretary
from .ledgers import JULY, NOVEMBER, TODAY, ArchiveInMemory, person, reading

FAMILY = [
    person("马曦", 0, number="130102195003010019"),
    person("李安", 0, phone="17337406812"),
    person("赵敏", 1, birth=date(2001, 5, 2), tags=("党员",)),
]


class Committee:
    """Imports ledgers and looks at the archive."""

    def __init__(self) -> None:
        self.archive = ArchiveInMemory()
        self.desk = ImportDesk(self.archive.kind)

    async def check(self, said: LedgerReading) -> ImportBatch:
        """Send and check a ledger."""
        return await self.desk.checked(self.archive.readings.file(said))

    async def apply(self, said: LedgerReading) -> ImportBatch:
        """Send, check, accept and apply a ledger."""
        batch = await self.desk.applied(self.archive.readings.file(said))
        assert batch.state is ImportState.APPLIED
        return batch

    async def found(self, batch: ImportBatch, difference: Difference) -> list[tuple[object, ...]]:
        """The rows of one difference: who is there, where the file says it, what differs."""
        page = await self.desk.imports.queries.differences(
            secretary(), batch, difference, first=100, after=None
        )
        return [(row.subject_id, row.row, row.fields) for row in page.items]


@pytest.fixture
def committee() -> Committee:
    return Committee()


def counted(batch: ImportBatch) -> dict[str, int]:
    assert batch.outcome is not None
    return {each.value: n for each, n in batch.outcome.differences.items() if n}


async def test_a_first_ledger_fills_the_archive(committee: Committee) -> None:
    batch = await committee.apply(reading(FAMILY, vacant=frozenset({2})))

    assert counted(batch) == {"new": 3}
    assert committee.archive.contents == {
        "estates": 1, "buildings": 1, "households": 3, "residents": 3,
    }  # fmt: skip
    assert await committee.archive.totals(HERE) == (3, 3, 2)
    (estate,) = committee.archive.estates.all
    assert (estate.name, estate.kind) == ("槐荫里", EstateKind.OLD)
    assert [home.vacant for home in committee.archive.households.all] == [False, False, True]
    zhao = (await committee.archive.people(HERE))["赵敏"]
    assert zhao.facts is not None
    assert zhao.facts.tags == ("PARTY_MEMBER",)


async def test_a_check_changes_nothing_of_the_archive(committee: Committee) -> None:
    batch = await committee.check(reading(FAMILY))

    assert batch.outcome is not None
    assert batch.outcome.counts["residents"] == 3
    assert (batch.outcome.as_of, batch.outcome.rows_read) == (JULY, 3)
    assert set(committee.archive.contents.values()) == {0}
    assert committee.archive.archives.writes == 0


async def test_the_new_truth_is_not_seen_before_it_is_complete(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))
    batch = await committee.check(reading([*FAMILY, person("钱多", 2)], as_of=NOVEMBER))
    await committee.desk.accept(batch)
    flip, seen = committee.archive.editions.flip, list[object]()

    async def seen_before(community_id: str, batch_id: str, as_of: date | None) -> object:
        seen.append(await committee.archive.totals(HERE))
        seen.append(len(await committee.archive.people(HERE)))
        return await flip(community_id, batch_id, as_of)

    object.__setattr__(committee.archive.editions, "flip", seen_before)
    await committee.desk.imports.work_through()

    assert seen == [(3, 3, 2), 3]
    assert await committee.archive.totals(HERE) == (3, 4, 3)


async def test_a_later_ledger_tells_who_is_new_moved_changed_and_missing(
    committee: Committee,
) -> None:
    await committee.apply(reading(FAMILY))
    before = await committee.archive.people(HERE)
    later = [
        person("马曦", 1, number="130102195003010019"),
        person("李安", 0, phone="13900001111"),
        person("钱多", 2),
    ]

    batch = await committee.apply(reading(later, as_of=NOVEMBER))

    assert counted(batch) == {"new": 1, "moved": 1, "changed": 1, "missing": 1}
    assert await committee.found(batch, Difference.MOVED) == [(before["马曦"].id, 3, ("home",))]
    assert await committee.found(batch, Difference.CHANGED) == [(before["李安"].id, 4, ("phone",))]
    assert await committee.found(batch, Difference.NEW) == [(None, 5, ())]
    assert await committee.found(batch, Difference.MISSING) == [(before["赵敏"].id, None, ())]
    after = await committee.archive.people(HERE)
    assert after["马曦"].home != before["马曦"].home
    assert [past.until for past in after["马曦"].history] == [NOVEMBER]
    assert after["李安"].facts is not None
    assert after["李安"].facts.phone == "13900001111"
    assert await committee.archive.totals(HERE) == (3, 4, 3)


async def test_who_is_missing_is_never_moved_out(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))

    await committee.apply(reading(FAMILY[:1], as_of=NOVEMBER))

    assert (await committee.archive.people(HERE)).keys() == {"马曦", "李安", "赵敏"}
    assert all(each.home for each in committee.archive.residents.all)


async def test_the_same_people_in_another_file_change_nobody(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))
    writes = committee.archive.residents.writes

    batch = await committee.apply(reading(list(reversed(FAMILY)), as_of=NOVEMBER))

    assert counted(batch) == {"unchanged": 3}
    assert committee.archive.residents.writes == writes
    assert await committee.archive.totals(HERE) == (3, 3, 2)


async def test_people_are_known_by_number_and_else_by_name_and_birth_date(
    committee: Committee,
) -> None:
    await committee.apply(reading(FAMILY))

    renamed = person("马熹", 0, number="130102195003010019")
    namesake = person("李安", 2, number="130102195003010027")
    batch = await committee.apply(reading([renamed, namesake, FAMILY[2]], as_of=NOVEMBER))

    assert counted(batch) == {"moved": 1, "changed": 1, "unchanged": 1}
    names = (await committee.archive.people(HERE)).keys()
    assert names == {"马熹", "李安", "赵敏"}


async def test_two_of_one_name_and_birth_date_with_other_numbers_are_two(
    committee: Committee,
) -> None:
    await committee.apply(reading(FAMILY))

    other = person("马曦", 2, number="130102195003010027")
    batch = await committee.apply(reading([*FAMILY, other], as_of=NOVEMBER))

    assert counted(batch) == {"new": 1, "unchanged": 3}


async def test_an_empty_cell_takes_nothing_away(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))

    said_less: list[LedgerPerson] = [
        person("马曦", 0), person("李安", 0), person("赵敏", 1, birth=date(2001, 5, 2)),
    ]  # fmt: skip
    batch = await committee.apply(reading(said_less, as_of=NOVEMBER, area_cm2=None, is_old=None))

    assert counted(batch) == {"unchanged": 3}
    (estate,) = committee.archive.estates.all
    assert estate.kind is EstateKind.OLD
    assert {home.area_cm2 for home in committee.archive.households.all} == {500_000}
    zhao = (await committee.archive.people(HERE))["赵敏"]
    assert zhao.facts is not None
    assert zhao.facts.tags == ("PARTY_MEMBER",)


async def test_a_sheet_that_tells_of_tags_takes_away_those_it_does_not_name(
    committee: Committee,
) -> None:
    await committee.apply(reading(FAMILY))

    later = [person("李安", 0, tags=("低保",)), person("赵敏", 1, birth=date(2001, 5, 2))]
    batch = await committee.apply(reading(later, as_of=NOVEMBER))

    assert counted(batch) == {"changed": 2, "missing": 1}
    zhao = (await committee.archive.people(HERE))["赵敏"]
    assert zhao.facts is not None
    assert zhao.facts.tags == ()


async def test_places_change_with_the_edition(committee: Committee) -> None:
    await committee.apply(reading(FAMILY, area_cm2=None, is_old=None))

    await committee.apply(
        reading(FAMILY, doors=4, as_of=NOVEMBER, area_cm2=612_300, vacant=frozenset({3}))
    )

    (estate,) = committee.archive.estates.all
    assert estate.kind is EstateKind.OLD
    assert [home.area_cm2 for home in committee.archive.households.all] == [612_300] * 4
    assert await committee.archive.totals(HERE) == (4, 3, 2)


async def test_a_hand_that_wrote_after_the_files_day_knows_better(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))
    edition = (await committee.archive.archives.of(HERE)).edition
    people = await committee.archive.people(HERE)

    await committee.archive.residents.change(
        HERE,
        people["马曦"].id,
        lambda resident: resident.move_out(
            date(2026, 11, 10),
            MoveReason.SOLD,
            edition=edition,
            today=TODAY,
            at=committee.desk.now(),
        ),
    )

    batch = await committee.apply(reading([*FAMILY, person("钱多", 2)], as_of=NOVEMBER))

    assert counted(batch) == {"new": 1, "unchanged": 3}
    assert (await committee.archive.people(HERE))["马曦"].home is None


@pytest.mark.parametrize("is_back", [False, True])
async def test_an_entry_without_a_day_stands_against_a_file_of_an_earlier_one(
    committee: Committee, is_back: bool
) -> None:
    """TODAY is later than NOVEMBER: who is entered now is entered after the file's day."""
    await committee.apply(reading(FAMILY))
    door = committee.archive.households.all[2]
    if is_back:
        one = (await committee.archive.people(HERE))["李安"]
        await committee.archive.residents.change(
            HERE,
            one.id,
            lambda resident: resident.move_out(
                date(2026, 8, 1), MoveReason.SOLD, edition=1, today=TODAY, at=committee.desk.now()
            ),
        )
    name = "李安" if is_back else "钱多"
    entered = await committee.archive.enter(name, door)

    batch = await committee.apply(reading([FAMILY[0], FAMILY[2], person(name, 0)], as_of=NOVEMBER))

    assert counted(batch).get("moved") is None
    kept = (await committee.archive.people(HERE))[name]
    assert (kept.id, kept.home) == (entered.id, entered.home)
    assert entered.home is not None
    assert (entered.home.since, entered.home.household_id) == (None, door.id)


async def test_a_file_of_a_later_day_moves_whom_somebody_entered_without_one(
    committee: Committee,
) -> None:
    await committee.apply(reading(FAMILY))
    entered = await committee.archive.enter("钱多", committee.archive.households.all[2])

    batch = await committee.apply(reading([*FAMILY, person("钱多", 0)], as_of=date(2026, 12, 1)))

    assert counted(batch) == {"moved": 1, "unchanged": 3}
    moved = (await committee.archive.people(HERE))["钱多"]
    assert moved.id == entered.id
    assert moved.home != entered.home


async def test_who_moved_out_before_the_files_day_has_come_back(committee: Committee) -> None:
    await committee.apply(reading(FAMILY))
    edition = (await committee.archive.archives.of(HERE)).edition
    people = await committee.archive.people(HERE)

    await committee.archive.residents.change(
        HERE,
        people["马曦"].id,
        lambda resident: resident.move_out(
            date(2026, 8, 1), MoveReason.SOLD, edition=edition, today=TODAY, at=committee.desk.now()
        ),
    )

    batch = await committee.apply(reading([*FAMILY, person("钱多", 2)], as_of=NOVEMBER))

    assert counted(batch) == {"new": 1, "moved": 1, "unchanged": 2}
    home = (await committee.archive.people(HERE))["马曦"].home
    assert home is not None
    assert home.since == NOVEMBER


async def test_a_file_without_a_ledger_is_refused(committee: Committee) -> None:
    nothing = LedgerReading(
        as_of=JULY, estates=[], households=[], people=[], refused=[], unplaced=[], skipped_sheets=[]
    )

    batch = await committee.check(nothing)

    assert batch.refusal is not None
    assert batch.refusal.code == "IMPORT_NOTHING_FOUND"
    assert set(committee.archive.contents.values()) == {0}


async def test_a_file_that_says_no_day_is_applied_as_of_the_day_on_which_it_came(
    committee: Committee,
) -> None:
    desk, readings = committee.desk, committee.archive.readings
    desk.now.at = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
    batch = await committee.check(reading(FAMILY))

    desk.now.advance(days=3)
    await desk.accept(batch)
    await desk.imports.work_through()

    assert (await desk.now_of(batch)).state is ImportState.APPLIED
    assert readings.days == {date(2026, 11, 18)}

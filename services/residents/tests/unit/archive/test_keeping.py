"""Figures and vacancy follow what is told, without counting for nothing."""

from datetime import date, timedelta

from residents.domain.archive.editions import View
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.places import Household
from residents.domain.roles import Role

from ...village import COMMUNITY, Village
from .office import CLERK, Office, actor, asked


async def marked_vacant(office: Office, door: Household) -> Household:
    """Say of a door that nobody lives behind it, whoever does."""
    return await office.households.change(
        COMMUNITY,
        door.id,
        lambda before: before.with_vacancy(vacant=True, edition=0, at=office.now()),
    )


async def test_one_count_answers_all_that_was_written_before_it(
    office: Office, village: Village
) -> None:
    """An import is told of in thousands of events, after its buildings were counted."""
    written_at, counted = office.now() - timedelta(minutes=6), office.figures.writes

    for resident in village.residents:
        assert resident.home is not None
        await office.archive.follow_up.people_moved(
            COMMUNITY, [resident.home.household_id], written_at
        )

    assert office.figures.writes == counted


async def test_what_was_written_after_a_count_is_counted(office: Office, village: Village) -> None:
    one = village.residents[0]
    await office.archive.move_out(
        CLERK, resident_id=one.id, on=office.today, reason=MoveReason.SOLD, request=asked()
    )
    before = (await office.archive.population(CLERK)).counts
    await office.archive.follow_up.people_moved(COMMUNITY, [village.households[0].id], office.now())
    after = (await office.archive.population(CLERK)).counts

    assert (before.residents, after.residents) == (5, 4)


async def test_a_move_is_counted_for_the_edition_to_come_too(
    office: Office, village: Village
) -> None:
    editions = office.archive.editions
    edition = await editions.begin(COMMUNITY, "batch_1")
    await editions.recount_all(COMMUNITY, edition)
    office.later()
    await office.archive.move_out(
        CLERK, resident_id=village.residents[0].id, on=office.today, reason=MoveReason.SOLD,
        request=asked(),
    )  # fmt: skip
    await office.archive.follow_up.people_moved(COMMUNITY, [village.households[0].id], office.now())

    await editions.flip(COMMUNITY, "batch_1", date(2026, 11, 1))

    assert (await office.archive.population(CLERK)).counts.residents == 4


async def test_a_door_that_is_marked_vacant_while_somebody_moves_in_is_not(
    office: Office, village: Village
) -> None:
    door = await marked_vacant(office, village.households[0])

    await office.archive.follow_up.household_changed(
        COMMUNITY, door.id, door.building_id, office.now(), vacant=True
    )

    assert not (await office.households.get(COMMUNITY, door.id)).vacant
    assert (await office.archive.population(CLERK)).counts.vacant == 1


async def test_a_door_whose_people_could_not_be_read_stays_as_the_file_says(
    office: Office, village: Village
) -> None:
    door, writes = village.households[2], office.writes

    for vacant in (True, False):
        await office.archive.follow_up.household_changed(
            COMMUNITY, door.id, door.building_id, office.now(), vacant=vacant
        )

    assert not (await office.households.get(COMMUNITY, door.id)).vacant
    assert office.writes == writes


async def test_who_is_known_to_live_behind_a_vacant_door_ends_that(
    office: Office, village: Village
) -> None:
    door = await marked_vacant(office, village.households[0])

    await office.archive.follow_up.somebody_known(COMMUNITY, door.id, office.now())

    assert not (await office.households.get(COMMUNITY, door.id)).vacant
    assert (await office.archive.population(CLERK)).counts.vacant == 1


async def test_by_who_is_known_no_door_becomes_vacant(office: Office, village: Village) -> None:
    """The one that was told of may have moved on; the news of that says what is to be done."""
    door, writes = village.households[2], office.writes

    await office.archive.follow_up.somebody_known(COMMUNITY, door.id, office.now())

    assert not (await office.households.get(COMMUNITY, door.id)).vacant
    assert office.writes == writes


async def test_a_building_that_nobody_counted_is_counted_when_it_is_asked_for(
    village: Village,
) -> None:
    office = Office()
    await office.open(village)

    assert (await office.archive.population(CLERK)).counts.residents == 5


async def test_who_keeps_the_books_of_one_estate_reads_its_figures_alone(
    office: Office, village: Village
) -> None:
    clerk = actor(Role.CLERK, scope=[village.estates[1].id])

    population = await office.archive.population(clerk)
    rows = await office.archive.population.list_residents(
        clerk, village.estates, first=9, after=None
    )

    assert [each.estate.name for each in population.estates] == ["西苑"]
    assert population.counts.residents == len(rows.items) == 1


async def test_a_list_that_was_read_across_a_flip_is_read_again(
    office: Office, village: Village
) -> None:
    editions = office.archive.editions
    await editions.begin(COMMUNITY, "batch_1")
    views: list[View] = []

    async def read(view: View) -> int:
        views.append(view)
        if len(views) == 1:
            await editions.flip(COMMUNITY, "batch_1", None)
        return view.edition

    assert await office.archive.reading.seen(COMMUNITY, read) == 1
    assert views == [View(0), View(1, is_settled=False)]

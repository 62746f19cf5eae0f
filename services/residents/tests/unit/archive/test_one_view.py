"""One answer is read in one view; what is newer than it is never missed where it counts by now."""

from residents.domain.archive.editions import Archive, View
from residents.domain.archive.places import Household, StagedHousehold

from ...village import COMMUNITY, IDENTITIES, Village
from .office import Office

BEFORE, NOW = View(0), View(1)


async def let_count(office: Office, edition: int) -> None:
    """As if an import had been applied."""
    there = Archive(
        id=IDENTITIES.archive(COMMUNITY),
        community_id=COMMUNITY,
        edition=edition,
        settled_edition=edition,
    )
    await office.archives.add(there)


async def seen(office: Office, door: Household, view: View | None) -> Household | None:
    (found,) = await office.archive.reading.households_by_id(COMMUNITY, [door.id], view)
    return found


async def test_what_is_read_is_as_of_the_view_that_is_given(
    office: Office, village: Village
) -> None:
    door = village.households[0]
    await let_count(office, 1)
    there = await office.households.get(COMMUNITY, door.id)
    staged = StagedHousehold(edition=1, area_cm2=700_000, vacant=True)
    assert await office.households.stage_all(COMMUNITY, {door.id: (there.version, staged)}) == []

    before, now = await seen(office, door, BEFORE), await seen(office, door, NOW)

    assert before is not None
    assert now is not None
    assert (before.vacant, before.area_cm2) == (False, 650_000)
    assert (now.vacant, now.area_cm2) == (True, 700_000)
    assert await seen(office, door, None) == now


async def test_what_came_since_is_found_in_the_view_of_now(
    office: Office, village: Village
) -> None:
    village.edition = 1
    new = village.household(village.buildings[0], "102")
    village.edition = 2
    waiting = village.household(village.buildings[0], "103")
    await office.households.add_all([(new, ()), (waiting, ())])
    assert await seen(office, new, BEFORE) is None

    await let_count(office, 1)

    for view in (BEFORE, NOW, None):
        assert await seen(office, new, view) == await office.households.get(COMMUNITY, new.id)
        assert await seen(office, waiting, view) is None

"""Whatever the order of moves: the total changes only with who comes and goes, one home each."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from residents.application.archive.move_in import PersonTyped
from residents.domain.archive.homes import MoveReason
from residents.domain.errors import ResidentsError

from ...village import COMMUNITY, TODAY, Village, a_village
from .office import CLERK, Office, asked

WHO = st.integers(0, 4)
WHERE = st.integers(0, 5)
DAYS = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("within"), WHO, WHERE, DAYS),
        st.tuples(st.just("out"), WHO, WHERE, DAYS),
        st.tuples(st.just("in"), WHO, WHERE, DAYS),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_any_moves_leave_one_home_each_and_true_figures(
    steps: Sequence[tuple[str, int, int, int]],
) -> None:
    asyncio.run(_moves(steps))


async def _moves(steps: Sequence[tuple[str, int, int, int]]) -> None:
    office, village = Office(), a_village()
    await office.open(village)
    await office.count()
    total = len(village.residents)
    for step in steps:
        office.later()
        total += await _step(office, village, *step)
        await _hear(office, village)

    living = [it for it in office.residents.all if it.home is not None]
    homes = Counter(it.id for it in living)
    assert len(living) == total
    assert set(homes.values()) <= {1}
    population = await office.archive.population(CLERK)
    counts = population.counts
    estates = [each.estate for each in population.estates]
    rows = await office.archive.population.list_residents(CLERK, estates, first=99, after=None)
    elderly = await office.archive.population.list_elderly(CLERK, estates, first=99, after=None)
    vacant = await office.archive.population.list_households(
        CLERK, estates, vacant=True, first=99, after=None
    )
    assert counts.residents == total == len(rows.items)
    assert counts.elderly_60 == len(elderly.items)
    assert counts.vacant == len(vacant.items)
    lived_in = {it.home.household_id for it in living if it.home}
    moved = {it.id for it in office.households.all if it.version > 1}
    assert {it.id for it in vacant.items} & moved == {
        it.id for it in office.households.all if it.version > 1 and it.id not in lived_in
    }


async def _step(office: Office, village: Village, what: str, who: int, where: int, day: int) -> int:
    """Try it. Returns: by how many the total grew."""
    one, door = village.residents[who], village.households[where]
    on = TODAY - timedelta(days=day)
    before = (await office.resident(one.id)).home is not None
    assert one.facts is not None
    try:
        if what == "within":
            await office.archive.change_household(
                CLERK, resident_id=one.id, household_id=door.id, on=on, request=asked()
            )
        elif what == "out":
            await office.archive.move_out(
                CLERK, resident_id=one.id, on=on, reason=MoveReason.OTHER, request=asked()
            )
        elif one.facts.birth_date is not None:
            await office.archive.move_in(
                CLERK,
                resident_id=f"resident_new_{who}",
                household_id=door.id,
                person=PersonTyped(name=one.facts.name, birth_date=one.facts.birth_date),
                since=on,
                request=asked(),
            )
    except ResidentsError:
        pass
    after = (await office.resident(one.id)).home is not None
    return int(after) - int(before)


async def _hear(office: Office, village: Village) -> None:
    """Let the archive hear of what it said."""
    ids = [it.id for it in village.households]
    said = {
        household_id
        for event in office.residents.events
        for household_id in (
            getattr(event, "from_household_id", None), getattr(event, "household_id", None),
        )
        if household_id is not None
    }  # fmt: skip
    office.residents.events.clear()
    await office.archive.follow_up.people_moved(
        COMMUNITY, [one for one in ids if one in said], office.now()
    )

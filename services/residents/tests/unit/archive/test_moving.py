"""Moving in, within and out: by whom, when, and what it leaves."""

from datetime import date, timedelta
from typing import Any

import pytest
from chassis.errors import Forbidden, RequestIdReused
from residents.application.archive.correct_resident import Correction
from residents.application.archive.move_in import PersonTyped
from residents.domain.archive import errors
from residents.domain.archive.events import ResidentMoved, ResidentVerified
from residents.domain.archive.homes import MoveReason
from residents.domain.archive.residents import Resident, ResidentState
from residents.domain.errors import NameInvalid, ResidentsError
from residents.domain.roles import Role

from ...village import COMMUNITY, ELSEWHERE, TODAY, Village
from .office import CLERK, Office, actor, asked


def typed(**changed: Any) -> PersonTyped:
    """Somebody new whom nothing tells apart from anybody."""
    return PersonTyped(**{"name": "赵新", "birth_date": date(1990, 1, 1), **changed})


async def move_in(
    office: Office, household_id: str, person: PersonTyped, *, resident_id: str = "resident_new",
    since: date | None = TODAY, by: Any = CLERK, request: Any = None,
) -> Resident:  # fmt: skip
    return await office.archive.move_in(
        by,
        resident_id=resident_id,
        household_id=household_id,
        person=person,
        since=since,
        request=request or asked(),
    )


async def test_who_moves_in_is_known_at_once(office: Office, village: Village) -> None:
    door = village.households[5]

    entered = await move_in(office, door.id, typed(phone="139 0000 2222"))

    assert entered.state is ResidentState.VERIFIED
    assert entered.facts is not None
    assert (entered.facts.phone, entered.home and entered.home.since) == ("13900002222", TODAY)
    assert [type(event) for event in office.residents.events] == [ResidentVerified]


async def test_a_repeated_request_enters_nobody_twice(office: Office, village: Village) -> None:
    door, request = village.households[5].id, asked("once", name="赵新")

    first = await move_in(office, door, typed(), request=request)
    again = await move_in(office, door, typed(), request=request)

    assert again == first
    assert len(office.residents.all) == len(village.residents) + 1
    with pytest.raises(RequestIdReused):
        await move_in(office, door, typed(), request=asked("once", name="赵旧"))


async def test_who_is_corrected_into_a_person_is_not_entered_at_the_same_time(
    office: Office, village: Village
) -> None:
    one, door = village.residents[2], village.households[5]
    change, people = office.residents.change, len(office.residents.all)

    async def moving_in(*args: Any, **named: Any) -> Resident:
        with pytest.raises(errors.PersonAlreadyHere) as refused:
            await move_in(office, door.id, typed())
        assert refused.value.resident_id is None
        return await change(*args, **named)

    office.residents.change = moving_in  # type: ignore[method-assign]
    corrected = await office.archive.correct_resident(
        CLERK,
        resident_id=one.id,
        correction=Correction(name="赵新", birth_date=date(1990, 1, 1)),
        request=asked(),
    )

    assert corrected.facts is not None
    assert corrected.facts.name == "赵新"
    assert len(office.residents.all) == people


async def test_nobody_is_corrected_into_whom_somebody_is_entering(
    office: Office, village: Village
) -> None:
    add = office.residents.add

    async def correcting(*args: Any, **named: Any) -> Resident:
        before = office.writes
        with pytest.raises(errors.PersonAlreadyHere):
            await office.archive.correct_resident(
                CLERK,
                resident_id=village.residents[2].id,
                correction=Correction(name="赵新", birth_date=date(1990, 1, 1)),
                request=asked(),
            )
        assert office.writes == before
        return await add(*args, **named)

    office.residents.add = correcting  # type: ignore[method-assign]
    entered = await move_in(office, village.households[5].id, typed())

    assert entered.facts is not None
    facts = [each.facts for each in office.residents.all if each.facts]
    assert [each.name for each in facts].count("赵新") == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": " "}, NameInvalid),
        ({"phone": "1390000222"}, errors.PhoneInvalid),
        ({"birth_date": TODAY + timedelta(days=1)}, errors.BirthDateInvalid),
        ({"birth_date": date(1850, 1, 1)}, errors.BirthDateInvalid),
        ({"identity_number": "110105194912310021"}, errors.IdentityNumberInvalid),
        ({"identity_number": "11010519491231002X"}, errors.IdentityNumberInvalid),
        ({"relation": "一" * 21}, errors.RelationInvalid),
        ({"tags": ["一" * 21]}, errors.TagInvalid),
    ],
)
async def test_what_cannot_be_is_refused_by_name_and_changes_nothing(
    office: Office, village: Village, changed: Any, refusal: type[ResidentsError]
) -> None:
    before = office.writes

    with pytest.raises(refusal) as refused:
        await move_in(office, village.households[5].id, typed(**changed))

    assert refused.value.code == refusal.code
    assert office.writes == before


async def test_a_day_to_come_is_refused(office: Office, village: Village) -> None:
    before = office.writes

    with pytest.raises(errors.MoveInFuture):
        await move_in(office, village.households[5].id, typed(), since=TODAY + timedelta(days=1))

    assert office.writes == before


async def test_the_same_person_is_not_entered_again(office: Office, village: Village) -> None:
    before, there = office.writes, village.residents[0]

    with pytest.raises(errors.PersonAlreadyHere) as refused:
        await move_in(
            office, village.households[5].id, typed(name="马 曦", birth_date=date(1950, 3, 1))
        )

    assert refused.value.resident_id == there.id
    assert office.writes == before


async def test_two_of_one_name_and_day_are_two_by_their_numbers(
    office: Office, village: Village
) -> None:
    """Identity numbers that are known and differ tell people apart."""
    first = typed(birth_date=date(1949, 12, 31), identity_number="11010519491231002X")
    other = typed(birth_date=date(1949, 12, 31), identity_number="440524194912310019")
    await move_in(office, village.households[5].id, first, resident_id="resident_a")
    office.later()

    await move_in(office, village.households[4].id, other, resident_id="resident_b")

    assert len(office.residents.all) == len(village.residents) + 2


async def test_of_two_who_enter_a_person_at_once_one_does(office: Office, village: Village) -> None:
    door = village.households[5].id
    await move_in(office, door, typed(), resident_id="resident_a")

    with pytest.raises(errors.PersonAlreadyHere):
        await move_in(office, door, typed(), resident_id="resident_b")

    assert len(office.residents.all) == len(village.residents) + 1


async def test_a_hold_of_a_crashed_request_is_taken_over(office: Office, village: Village) -> None:
    """Somebody began to enter a person and never did: after a minute another may."""
    request = asked()
    door = village.households[5].id
    await move_in(office, door, typed(), resident_id="resident_a", request=request)
    del office.residents._kept[COMMUNITY, "resident_a"]

    with pytest.raises(errors.PersonAlreadyHere):
        await move_in(office, door, typed(), resident_id="resident_b")
    office.later()
    entered = await move_in(office, door, typed(), resident_id="resident_b")

    assert entered.id == "resident_b"


async def test_who_moves_goes_into_the_history(office: Office, village: Village) -> None:
    one, door = village.residents[0], village.households[4]

    moved = await office.archive.change_household(
        CLERK, resident_id=one.id, household_id=door.id, on=TODAY, request=asked()
    )

    assert moved.home is not None
    assert (moved.home.household_id, moved.home.since) == (door.id, TODAY)
    assert [(it.household_id, it.until, it.reason) for it in moved.history] == [
        (village.households[0].id, TODAY, MoveReason.MOVED)
    ]
    (event,) = office.residents.events
    assert isinstance(event, ResidentMoved)
    assert (event.from_household_id, event.household_id) == (village.households[0].id, door.id)


async def test_who_moved_out_is_gone_and_may_come_back(office: Office, village: Village) -> None:
    one = village.residents[0]
    gone = await office.archive.move_out(
        CLERK, resident_id=one.id, on=TODAY, reason=MoveReason.SOLD, request=asked()
    )
    office.later()

    back = await move_in(
        office, village.households[4].id, typed(name="马曦", birth_date=date(1950, 3, 1))
    )

    assert (gone.state, gone.home) == (ResidentState.MOVED_OUT, None)
    assert gone.moved_out_at is not None
    assert (back.id, back.person_key, back.state) == (
        one.id, one.person_key, ResidentState.VERIFIED,
    )  # fmt: skip
    assert [it.reason for it in back.history] == [MoveReason.SOLD]
    events = [event for event in office.residents.events if isinstance(event, ResidentMoved)]
    assert [(it.from_household_id is None, it.household_id is None) for it in events] == [
        (False, True), (True, False),
    ]  # fmt: skip


async def refused(office: Office, refusal: type[Exception], attempt: Any) -> None:
    before = office.writes
    with pytest.raises(refusal):
        await attempt
    assert office.writes == before


async def test_moves_that_cannot_be_change_nothing(office: Office, village: Village) -> None:
    archive, one = office.archive, village.residents[0]
    here, there = village.households[0].id, village.households[4].id
    await archive.change_household(
        CLERK, resident_id=one.id, household_id=there, on=date(2026, 11, 1), request=asked()
    )

    async def move(to: str, on: date, who: str = one.id, by: Any = CLERK) -> Any:
        return await archive.change_household(
            by, resident_id=who, household_id=to, on=on, request=asked()
        )

    await refused(office, errors.SameHousehold, move(there, TODAY))
    await refused(office, errors.MoveBeforeHome, move(here, date(2026, 10, 31)))
    await refused(office, errors.MoveInFuture, move(here, TODAY + timedelta(days=1)))
    await refused(office, errors.HouseholdNotFound, move("household_nowhere", TODAY))
    await refused(office, errors.ResidentNotFound, move(here, TODAY, who="resident_nobody"))
    stranger = actor(Role.CLERK, community_id=ELSEWHERE)
    await refused(office, errors.HouseholdNotFound, move(here, TODAY, by=stranger))
    await refused(office, Forbidden, move(here, TODAY, by=actor(Role.STEWARD)))
    await refused(
        office,
        errors.MoveBeforeHome,
        archive.move_out(
            CLERK, resident_id=one.id, on=date(2026, 10, 1), reason=MoveReason.SOLD, request=asked()
        ),
    )
    await archive.move_out(
        CLERK, resident_id=one.id, on=TODAY, reason=MoveReason.SOLD, request=asked()
    )
    await refused(office, errors.ResidentMovedOut, move(here, TODAY))


async def test_a_clerk_of_one_estate_moves_nobody_of_another(
    office: Office, village: Village
) -> None:
    west = village.estates[1]
    clerk = actor(Role.CLERK, scope=[west.id])

    async def move(who: Resident, to: str) -> Any:
        return await office.archive.change_household(
            clerk, resident_id=who.id, household_id=to, on=TODAY, request=asked()
        )

    await refused(
        office, errors.ResidentNotFound, move(village.residents[0], village.households[4].id)
    )
    await refused(
        office, errors.HouseholdNotFound, move(village.residents[4], village.households[0].id)
    )
    assert await move(village.residents[4], village.households[5].id)

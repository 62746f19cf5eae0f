"""The list of those that wait: in reach alone, who waits longest first, masked with hints."""

import pytest
from chassis.errors import Forbidden
from residents.application.logins.waiting_bindings import Place, WaitingBindings
from residents.domain.roles import Actor, Role

from ..office import actor_of
from .village import Village


async def test_the_claim_stands_beside_the_household_with_hints(
    village: Village, resident: Actor, secretary: Actor
) -> None:
    household = village.household()
    same = village.member(household, "马曦", "17337406812")
    other = village.member(household, "王建国", None)
    village.mini_program.phones["p-1"] = "17337406812"
    await village.logins_room.give_phone_number(
        resident, "p-1", request=village.request(resident, "p1")
    )
    binding_id = await village.ask_binding(resident, household, name=" 马曦 ")

    (waiting,) = (await listed(village, secretary)).items

    assert waiting.binding.id == binding_id
    hints = {each.member.resident_id: each for each in waiting.candidates}
    assert (hints[same].name_matches, hints[same].phone_matches) == (True, True)
    assert (hints[other].name_matches, hints[other].phone_matches) == (False, None)


async def test_pages_go_through_every_binding_once(village: Village, secretary: Actor) -> None:
    asked = []
    for number in range(3):
        village.now.advance(minutes=1)
        resident = await village.resident(f"o-{number}")
        for door in range(2):
            household = village.household(f"{number}0{door}")
            asked.append(await village.ask_binding(resident, household, request_id=f"b{door}"))
            village.now.advance(seconds=1)

    seen: list[str] = []
    after: Place | None = None
    while True:
        page = await village.logins_room.bindings_to_verify(secretary, first=1, after=after)
        seen.extend(each.binding.id for each in page.items)
        if not page.has_next_page:
            break
        after = page.cursors[-1]  # type: ignore[assignment]

    assert seen == asked


async def test_a_page_is_never_longer_than_asked_for(village: Village, secretary: Actor) -> None:
    for number in range(3):
        resident = await village.resident(f"o-{number}")
        for door in range(3):
            household = village.household(f"{number}0{door}")
            await village.ask_binding(resident, household, request_id=f"b{door}")

    page = await listed(village, secretary, first=4)

    assert (len(page.items), page.has_next_page) == (4, True)


async def test_a_steward_sees_those_of_their_estates(village: Village, secretary: Actor) -> None:
    asked = {}
    for number, estate in enumerate(("estate_a", "estate_b", "estate_c")):
        resident = await village.resident(f"o-{number}")
        household = village.household(estate, estate_id=estate)
        asked[estate] = await village.ask_binding(resident, household)

    of_one = await listed(village, village.steward("estate_b"))
    of_two = await listed(village, village.steward("estate_a", "estate_c"))
    of_none = await listed(village, village.steward())

    assert ids(of_one) == {asked["estate_b"]}
    assert ids(of_two) == {asked["estate_a"], asked["estate_c"]}
    assert ids(of_none) == set()
    assert ids(await listed(village, secretary)) == set(asked.values())


async def test_one_account_in_two_estates_shows_each_steward_their_own(
    village: Village, resident: Actor
) -> None:
    here = await village.ask_binding(
        resident, village.household("1", estate_id="estate_a"), request_id="b1"
    )
    there = await village.ask_binding(
        resident, village.household("2", estate_id="estate_b"), request_id="b2"
    )

    assert ids(await listed(village, village.steward("estate_a"))) == {here}
    assert ids(await listed(village, village.steward("estate_b"))) == {there}


async def test_what_is_decided_no_longer_waits(
    village: Village, resident: Actor, secretary: Actor
) -> None:
    household = village.household()
    binding_id = await village.ask_binding(resident, household)
    await village.verify(secretary, binding_id, village.member(household))

    assert ids(await listed(village, secretary)) == set()


async def test_others_see_none(village: Village, resident: Actor) -> None:
    for role in (Role.RESIDENT, Role.AUDITOR, Role.MERCHANT, Role.PARTNER):
        with pytest.raises(Forbidden):
            await listed(village, actor_of(village.community_id, "account_other", role))


async def listed(village: Village, actor: Actor, *, first: int = 20) -> WaitingBindings:
    return await village.logins_room.bindings_to_verify(actor, first=first, after=None)


def ids(page: WaitingBindings) -> set[str]:
    return {each.binding.id for each in page.items}

"""The link of an owner to the resident they are follows what is known of both."""

import pytest
from residents.application.privacy.ports import PersonRef
from residents.domain.owners.ownership import Ownership
from residents.domain.roles import Actor, Role

from ...owners_office import COMMUNITY, OwnersOffice, actor, household_id, number, person

WANG, LI = number("19800501"), number("19850708")
RESIDENT = actor(Role.RESIDENT)


async def own(office: OwnersOffice, by: Actor = RESIDENT) -> list[bool]:
    """Whether the dwelling is the actor's own, and whether an export of theirs names it."""
    resident_ids = await office.bindings.resident_ids_of(COMMUNITY, by.account_id)
    person_ref = PersonRef(
        community_id=COMMUNITY,
        account_ids=(by.account_id,),
        resident_ids=tuple(resident_ids),
        person_keys=(),
    )
    exported = await office.personal_data.of(person_ref)
    return [await office.owners_on("101", by=by) is not None, bool(exported)]


async def kept(office: OwnersOffice) -> Ownership:
    return await office.ownerships.get(COMMUNITY, office.identities.ownership(household_id("101")))


async def test_who_proves_to_be_another_reads_nothing_more(office: OwnersOffice) -> None:
    wang = office.residents.move_in("王建国", WANG)
    office.bindings.of[RESIDENT.account_id] = [wang.resident_id]
    await office.record("101", (person("王建国", number=WANG), None))
    assert await own(office) == [True, True]

    office.residents.correct(wang, "王建国", LI)

    assert await own(office) == [False, False]
    await office.room.link_owners(COMMUNITY, wang.resident_id)
    assert (await kept(office)).people == {}
    assert await own(office) == [False, False]


async def test_who_proves_to_be_the_owner_is_told_of(office: OwnersOffice) -> None:
    somebody = office.residents.move_in("王健国", LI)
    await office.record("101", (person("王建国", number=WANG), None))

    office.residents.correct(somebody, "王建国", WANG)
    await office.room.link_owners(COMMUNITY, somebody.resident_id)

    assert list((await kept(office)).people.values()) == [somebody.person_key]


@pytest.mark.parametrize("times", [1, 3])
async def test_a_correction_that_changes_no_link_writes_nothing(
    office: OwnersOffice, times: int
) -> None:
    wang = office.residents.move_in("王建国", WANG)
    await office.record("101", (person("王建国", number=WANG), None))
    before = await kept(office)

    office.residents.correct(wang, "王大国", WANG)
    for _ in range(times):
        await office.room.link_owners(COMMUNITY, wang.resident_id)

    assert await kept(office) == before


async def test_a_register_does_not_keep_a_link_that_is_over(office: OwnersOffice) -> None:
    wang = office.residents.move_in("王建国", WANG)
    await office.record("101", (person("王建国", number=WANG, phone="13812345678"), None))
    office.residents.correct(wang, "王建国", LI)

    made = await office.record("102", (person("王建国", phone="13812345678"), None))

    assert made.people == {}

"""Recording and transferring ownership at a desk."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused
from residents.adapters.owners.memory import MemoryOwners, MemoryOwnerships
from residents.domain.archive.errors import (
    HouseholdNotFound,
    IdentityNumberInvalid,
    PhoneInvalid,
)
from residents.domain.errors import NameInvalid, ResidentsError
from residents.domain.owners.errors import (
    OwnerDescriptionInvalid,
    OwnerNotFound,
    OwnerRepeated,
    OwnerShareInvalid,
    OwnerSharesDoNotAddUp,
    OwnershipBeforePresent,
    OwnershipInFuture,
    OwnershipKnown,
    OwnershipUnknown,
    OwnersMissing,
)
from residents.domain.roles import Role, RoleGrant

from ...owners_office import (
    EAST,
    ELSEWHERE,
    HALF,
    TODAY,
    OwnersOffice,
    actor,
    company,
    estate_id,
    household_id,
    number,
    order_of,
    person,
    requested,
)

WANG = number("19800501")
LI = number("19850708")


def writes(office: OwnersOffice) -> tuple[int, int]:
    assert isinstance(office.ownerships, MemoryOwnerships)
    assert isinstance(office.owners, MemoryOwners)
    return office.ownerships.writes, office.owners.writes


async def test_the_owners_of_a_dwelling_are_recorded(office: OwnersOffice) -> None:
    await office.record("101", (person("王建国", number=WANG), HALF), (person("李秀英"), HALF))

    assert await office.owners_on("101") == {"王**": "1/2", "李**": "1/2"}
    assert await office.owners_on("101", date(2010, 4, 30)) is None


async def test_a_transfer_keeps_who_owned_before(office: OwnersOffice) -> None:
    await office.record("101", (person("王建国", number=WANG), None))
    await office.transfer("101", (person("赵敏"), None), (person("钱伟"), None))

    assert await office.owners_on("101", date(2020, 4, 30)) == {"王**": "1/1"}
    assert await office.owners_on("101") == {"赵*": "joint", "钱*": "joint"}


async def test_a_repeat_does_nothing_twice(office: OwnersOffice) -> None:
    first = await office.record("101", (person("王建国", number=WANG), None))
    before = writes(office)

    again = await office.record("101", (person("王建国", number=WANG), None))

    assert again == first
    assert writes(office) == before
    with pytest.raises(RequestIdReused):
        await office.record("101", (person("李秀英"), None))
    assert await office.owners_on("101") == {"王**": "1/1"}


async def test_one_person_is_one_owner_however_often(office: OwnersOffice) -> None:
    await office.record("101", (person("王建国", number=WANG, phone="13812345678"), None))
    await office.record("102", (person("王建国", phone="138 1234 5678"), None))
    await office.record("103", (person("王建国", number=LI), None))

    figures = await office.room.figures(actor(Role.SECRETARY))

    assert (figures.owners, figures.known) == (2, 3)


async def test_an_owner_is_linked_to_the_resident_they_are(office: OwnersOffice) -> None:
    wang = office.residents.move_in("王建国", WANG)
    li = office.residents.move_in("李秀英", LI, with_number=False)

    made = await office.record(
        "101",
        (person("王建国", number=WANG), (1, 3)),
        (person("李 秀英", number=LI), (1, 3)),
        (person("赵敏", number=number("19900101")), (1, 3)),
    )

    assert set(made.people.values()) == {wang.person_key, li.person_key}


async def test_an_owner_may_be_chosen(office: OwnersOffice) -> None:
    first = await office.record("101", (person("王建国", number=WANG), None))
    (wang,) = first.owner_ids

    await office.record("102", (wang, HALF), (company("华泰物业有限公司"), HALF))

    assert await office.owners_on("102") == {"王**": "1/2", "华泰物业有限公司": "1/2"}
    assert (await office.room.figures(actor(Role.SECRETARY))).owners == 2


async def test_who_owns_nothing_any_more_is_not_counted(office: OwnersOffice) -> None:
    await office.record("101", (person("王建国", number=WANG), None))
    await office.transfer("101", (person("李秀英", number=LI), None))

    assert (await office.room.figures(actor(Role.SECRETARY))).owners == 1


TOMORROW = TODAY + timedelta(days=1)
ZHAO = person("赵敏")
REFUSED: list[tuple[str, dict[str, Any], list[Any], type[ResidentsError]]] = [
    ("record", {}, [(ZHAO, None)], OwnershipKnown),
    ("record", {"room": "102"}, [], OwnersMissing),
    ("record", {"room": "102"}, [(ZHAO, (3, 2))], OwnerShareInvalid),
    ("record", {"room": "102"}, [(ZHAO, (0, 1))], OwnerShareInvalid),
    ("record", {"room": "102"}, [(ZHAO, (-1, 2))], OwnerShareInvalid),
    ("record", {"room": "102"}, [(ZHAO, (1, 0))], OwnerShareInvalid),
    ("record", {"room": "102"}, [(ZHAO, HALF)], OwnerSharesDoNotAddUp),
    ("record", {"room": "102"}, [(ZHAO, HALF), (person("钱伟"), None)], OwnerSharesDoNotAddUp),
    ("record", {"room": "102"}, [(ZHAO, HALF), (ZHAO, HALF)], OwnerRepeated),
    ("record", {"room": "102", "since": TOMORROW}, [(ZHAO, None)], OwnershipInFuture),
    ("record", {"room": "999"}, [(ZHAO, None)], HouseholdNotFound),
    ("record", {"room": "102"}, [("owner_unknown", None)], OwnerNotFound),
    ("record", {"room": "102"}, [(person(" "), None)], NameInvalid),
    ("record", {"room": "102"}, [(person("赵敏", phone="12"), None)], PhoneInvalid),
    ("record", {"room": "102"}, [(person("赵敏", number="1"), None)], IdentityNumberInvalid),
    ("record", {"room": "102"}, [(company("华泰", number="1"), None)], OwnerDescriptionInvalid),
    ("record", {"room": "102"}, [(person("赵敏", address="东" * 201), None)],
     OwnerDescriptionInvalid),
    ("transfer", {"room": "102"}, [(ZHAO, None)], OwnershipUnknown),
    ("transfer", {"since": date(2009, 1, 1)}, [(ZHAO, None)], OwnershipBeforePresent),
    ("transfer", {"since": TOMORROW}, [(ZHAO, None)], OwnershipInFuture),
]  # fmt: skip


@pytest.mark.parametrize(("act", "where", "stakes", "error"), REFUSED)
async def test_what_is_refused_changes_nothing(
    office: OwnersOffice, act: str, where: dict[str, Any], stakes: list[Any],
    error: type[ResidentsError],
) -> None:  # fmt: skip
    await office.record("101", (person("王建国", number=WANG), None))
    before, seen = writes(office), await office.state()

    with pytest.raises(error) as refused:
        await getattr(office, act)(where.get("room", "101"), *stakes, request="tried",
                                   **{k: v for k, v in where.items() if k != "room"})  # fmt: skip

    assert refused.value.code == error.code
    assert writes(office) == before
    assert await office.state() == seen


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.SECRETARY}))
async def test_only_the_office_records(office: OwnersOffice, role: Role) -> None:
    with pytest.raises(Forbidden):
        await office.record("101", (ZHAO, None), by=actor(role))
    with pytest.raises(Forbidden):
        await office.transfer("101", (ZHAO, None), by=actor(role))
    assert writes(office) == (0, 0)


async def test_a_dwelling_out_of_scope_is_unknown(office: OwnersOffice) -> None:
    elsewhere = actor(Role.CLERK, scope=(estate_id(EAST),))
    here_as_steward = RoleGrant(Role.STEWARD, (estate_id(),))
    beyond = (
        elsewhere,
        msgspec.structs.replace(elsewhere, roles=(*elsewhere.roles, here_as_steward)),
        actor(Role.SECRETARY, of=ELSEWHERE),
    )
    for by in beyond:
        order = order_of(household_id("101"), TODAY, (ZHAO, None))
        with pytest.raises(HouseholdNotFound):
            await office.room.record_ownership(by, order, request=requested("tried", order))
    assert writes(office) == (0, 0)

"""What holds for the stores in memory holds for those in MongoDB."""

from datetime import UTC, date, datetime
from operator import methodcaller

import msgspec
import pytest
from residents.domain.owners.errors import OwnerNotFound, OwnershipNotFound
from residents.domain.owners.owner import (
    ALL_OWNERS,
    Owner,
    OwnerDescription,
    OwnerFacts,
    OwnerKind,
    OwnerMarks,
    ResidentLink,
)
from residents.domain.owners.ownership import OwnershipList
from residents.domain.roles import Role

from ...owners_office import (
    COMMUNITY,
    EAST,
    ELSEWHERE,
    HALF,
    Journal,
    Killed,
    OwnersOffice,
    actor,
    batch_of,
    building_id,
    company,
    household_id,
    number,
    person,
    row,
)

WANG, LI = number("19800501"), number("19850708")
SECRETARY = actor(Role.SECRETARY)
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def recorded(office: OwnersOffice) -> list[str]:
    """101 of Wang and Li, 102 of Li, 103 of a company. Returns: the ids of Wang and Li."""
    office.residents.move_in("王建国", WANG)
    wang = person("王建国", number=WANG, phone="13812345678", address="东门外")
    first = await office.record("101", (wang, HALF), (person("李秀英", number=LI), HALF))
    await office.record("102", (person("李秀英", number=LI), None))
    await office.record("103", (company("华泰物业有限公司"), None))
    (li,) = (await office.ownerships.of_list(
        COMMUNITY, OwnershipList.KNOWN, first=2
    )).items[1].owner_ids  # fmt: skip
    return [next(one for one in first.owner_ids if one != li), li]


async def test_an_ownership_is_read_back_in_its_own_community_only(office: OwnersOffice) -> None:
    stored = await office.record("101", (person("王建国", number=WANG), None))

    assert await office.ownerships.get(COMMUNITY, stored.id) == stored
    assert await office.ownerships.get_many(ELSEWHERE, [stored.id]) == [None]
    with pytest.raises(OwnershipNotFound):
        await office.ownerships.get(ELSEWHERE, stored.id)


async def test_an_owner_is_read_back_in_their_own_community_only(office: OwnersOffice) -> None:
    wang, _ = await recorded(office)
    owner = await office.owners.get(COMMUNITY, wang)

    assert owner.facts is not None
    assert (owner.facts.name, owner.facts.phone) == ("王建国", "13812345678")
    assert await office.owners.with_marks(COMMUNITY, owner.marks[:1]) == [owner]
    assert await office.owners.with_marks(ELSEWHERE, owner.marks) == []
    assert await office.owners.has_any(COMMUNITY)
    assert not await office.owners.has_any(ELSEWHERE)
    assert owner.resident is not None
    resident_id = owner.resident.resident_id
    assert await office.owners.of_residents(COMMUNITY, [resident_id, "x"]) == [owner]
    assert await office.owners.of_residents(ELSEWHERE, [resident_id]) == []
    with pytest.raises(OwnerNotFound):
        await office.owners.get(ELSEWHERE, wang)


async def test_lists_go_page_by_page(office: OwnersOffice) -> None:
    _, li = await recorded(office)
    ownerships = office.ownerships

    first = await ownerships.of_list(COMMUNITY, OwnershipList.KNOWN, first=2)
    rest = await ownerships.of_list(
        COMMUNITY, OwnershipList.KNOWN, first=2, after=first.cursors[-1]
    )
    listed = [one.dwelling.household_id for one in (*first.items, *rest.items)]

    assert listed == [household_id(room) for room in ("101", "102", "103")]
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    assert await ownerships.count_of_list(COMMUNITY, OwnershipList.KNOWN) == 3
    assert await ownerships.count_of_list(COMMUNITY, OwnershipList.CO_OWNED) == 1
    assert await ownerships.count_of_list(ELSEWHERE, OwnershipList.KNOWN) == 0
    theirs = await ownerships.of_owner(COMMUNITY, li, first=1)
    assert [one.dwelling.household_id for one in theirs.items] == [household_id("101")]
    assert theirs.has_next_page
    everybody = await office.owners.of_list(COMMUNITY, ALL_OWNERS, edition=0, first=2)
    others = await office.owners.of_list(
        COMMUNITY, ALL_OWNERS, edition=0, first=2, after=everybody.cursors[-1]
    )
    assert len({one.id for one in (*everybody.items, *others.items)}) == 3
    assert not others.has_next_page
    assert await office.owners.count_of_list(COMMUNITY, ALL_OWNERS, edition=0) == 3


async def test_who_owns_and_owned_is_found(office: OwnersOffice) -> None:
    wang, li = await recorded(office)
    await office.transfer("101", (li, None))

    assert await office.ownerships.owning_among(COMMUNITY, [wang, li]) == {li}
    assert (await office.ownerships.of_owner(COMMUNITY, wang, first=5)).items == []
    assert len((await office.ownerships.ever_of_owner(COMMUNITY, wang, first=5)).items) == 1
    of_building = await office.ownerships.of_building(COMMUNITY, building_id())
    assert [one.dwelling.household_id for one in of_building] == [
        household_id(room) for room in ("101", "102", "103")
    ]
    mark = of_building[0].owners_mark
    assert mark is not None
    theirs = await office.ownerships.of_owners(COMMUNITY, mark)
    assert theirs == of_building[:2]


async def test_a_register_is_applied_and_followed_by_a_later_one(office: OwnersOffice) -> None:
    office.residents.move_in("王建国", WANG)
    first = office.file(
        "first",
        row("1-1-101", "王建国", "1/2", number=WANG, phone="13812345678"),
        row("1-1-101", "李秀英", "1/2", number=LI),
        row("1-1-102", "李秀英", number=LI),
    )
    later = office.file(
        "later",
        row("1-1-101", "王建国", "1/1", number=WANG, phone="13900000000", since="2026-03-01"),
        row("1-1-101", "赵敏", estate=EAST),
    )

    assert await office.apply(first) == 1
    settled = await office.state()
    with pytest.raises(Killed):
        await office.apply(later, Journal(dies_after=2))
    assert await office.state() == settled
    assert await office.kind.abandon(batch_of(later))
    assert await office.state() == settled
    assert await office.apply(later) == 3

    assert await office.owners_on("101") == {"王**": "1/1"}
    assert await office.owners_on("101", date(2026, 2, 28)) == {"王**": "1/2", "李**": "1/2"}
    assert await office.owners_on("101", estate=EAST) == {"赵*": "1/1"}
    figures = await office.room.figures(SECRETARY)
    assert (figures.known, figures.co_owned, figures.owners) == (3, 0, 3)
    assert await office.ownerships.settle(COMMUNITY, 3, limit=9) == []
    (found,) = await office.room.queries.owners_on(SECRETARY, [(household_id("101"), None)])
    assert found is not None
    assert [stake.owner.phone for stake in found.stakes] == ["139****0000"]


async def test_an_owner_is_found_by_what_is_staged_until_it_is_dropped(
    office: OwnersOffice,
) -> None:
    wang = ResidentLink("resident_wang", "person_wang", lives_here=True)
    facts = OwnerFacts(name="王建国")
    said = OwnerDescription(
        kind=OwnerKind.PERSON, facts=facts, marks=OwnerMarks(identity="number of Wang")
    )
    known = msgspec.structs.replace(said, marks=OwnerMarks(as_written="name and phone"))
    owner = Owner.described(
        "owner_wang", community_id=COMMUNITY, person_key="person_owner", as_=known, resident=None,
        owns=True, from_edition=0, at=AT,
    )  # fmt: skip
    await office.owners.add_many([(owner, ())])

    async def found() -> list[list[str]]:
        by_mark = await office.owners.with_marks(COMMUNITY, ["number of Wang"])
        by_resident = await office.owners.of_residents(COMMUNITY, ["resident_wang"])
        return [[each.id for each in among] for among in (by_mark, by_resident)]

    assert await found() == [[], []]
    staged = await office.owners.change(
        COMMUNITY, owner.id, methodcaller("staged_with", said, wang, edition=1)
    )
    assert await found() == [[owner.id], [owner.id]]
    assert (staged.known_by, staged.resident, staged.facts) == (owner.known_by, None, facts)

    await office.owners.unstage(COMMUNITY, above=0, upto=1)

    assert await found() == [[], []]
    after = await office.owners.get(COMMUNITY, owner.id)
    assert after == msgspec.structs.replace(owner, version=after.version)
    await office.owners.change(
        COMMUNITY, owner.id, methodcaller("staged_with", said, wang, edition=2)
    )
    assert await office.owners.settle(COMMUNITY, 2, limit=9) == 1
    assert (await office.owners.get(COMMUNITY, owner.id)).resident == wang
    assert await found() == [[owner.id], [owner.id]]

"""What an edition makes is let go in parts, however many there are and whoever named them."""

from chassis.aggregates import HELD_FOR
from chassis.mongo import Document
from residents.adapters.archive.mongo_imported import part_name, parts_beside
from residents.adapters.archive.mongo_residents import MongoResidents

from ...village import COMMUNITY, Village, person
from .conftest import Stores
from .test_editions import newcomers

_MANY = 2_000


def test_a_document_is_in_one_of_the_parts_that_its_name_tells_of() -> None:
    parts = parts_beside(part_name(3, 4, "resident_1"))
    assert parts == ["3.4.0", "3.4.1", "3.4.2", "3.4.3"]
    assert part_name(3, 4, "resident_2") in parts


def test_names_that_tell_no_number_are_of_as_many_parts_as_once() -> None:
    assert parts_beside("3.7") == [f"3.{part}" for part in range(128)]


async def _held(residents: MongoResidents) -> set[str]:
    where: Document = {"community_id": COMMUNITY, HELD_FOR: {"$gt": ""}}
    found = await residents.collection.find(where, fields={HELD_FOR: 1})
    return {each["held"]["for"] for each in found}


async def _written(stores: Stores, *editions: int) -> tuple[MongoResidents, list[Village]]:
    """Two people for each edition, as if they were among many."""
    residents, written = stores.residents, [newcomers(edition) for edition in editions]
    assert isinstance(residents, MongoResidents)
    for more in written:
        new = [(each, (each.verified_event(),)) for each in more.residents]
        await residents.add_all(new, in_all=_MANY)
    return residents, written


async def test_every_part_is_let_go_and_no_other_edition_s(mongo_stores: Stores) -> None:
    residents, (_, later) = await _written(mongo_stores, 1, 10)

    settled = await residents.settle(COMMUNITY, 1)

    assert settled == len(later.residents)
    assert await _held(residents) == {part_name(10, 4, each.id) for each in later.residents}


async def test_parts_named_otherwise_are_let_go_too(mongo_stores: Stores) -> None:
    residents, (more,) = await _written(mongo_stores, 1)
    one, once = more.residents[0], "1.77"
    await residents.collection.update_one({"_id": one.id}, {"$set": {HELD_FOR: once}})
    other = more.resident(more.households[0], person("钱多"))
    await residents.add_all([(other, (other.verified_event(),))])
    assert {once, "1.1.0"} <= await _held(residents)

    assert await residents.settle(COMMUNITY, 1) == len(more.residents)
    assert await _held(residents) == set()
    (told,) = await residents.collection.find({"_id": one.id})
    assert [event["type"] for event in told["outbox"]] == ["resident.verified.v1"]


async def test_what_is_given_up_goes_in_every_part(mongo_stores: Stores) -> None:
    residents, (more, later) = await _written(mongo_stores, 1, 10)

    gone = await residents.delete_from(COMMUNITY, 1)

    assert gone == len(more.residents)
    found = await residents.get_many(COMMUNITY, [each.id for each in more.residents])
    assert found == [None] * gone
    assert len(await _held(residents)) == len({part_name(10, 4, r.id) for r in later.residents})

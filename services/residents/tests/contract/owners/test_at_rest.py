"""What the store holds of owners."""

from collections.abc import Iterator

from chassis.mongo import Document, Store

from ...owners_office import OwnersOffice, number, person, row

WANG, LI = number("19800501"), number("19850708")
UNSPEAKABLE = ("王建国", "李秀英", "13812345678", WANG, LI, "东门外", "华泰")


async def test_nothing_of_an_owner_is_in_the_store_in_clear(
    mongo: Store, in_mongo: OwnersOffice
) -> None:
    wang = person("王建国", number=WANG, phone="13812345678", address="东门外甲三号")
    await in_mongo.record("101", (wang, None))
    await in_mongo.apply(
        in_mongo.file(
            "first",
            row("1-1-102", "李秀英", number=LI, phone="13812345678"),
            row("1-1-103", "华泰物业有限公司"),
        )
    )
    await in_mongo.transfer("101", (person("李秀英", number=LI), None))
    await mongo.collection("canaries").insert_one({"_id": WANG, "in": ["王建国".encode()]})

    found = {
        name: _spoken(await mongo.collection(name).find({}))
        for name in ("canaries", "ownerships", "owners", "owners_registers", "person_keys")
    }

    assert found.pop("canaries") == {WANG, "王建国"}
    assert set(map(frozenset, found.values())) == {frozenset()}


async def test_each_owner_has_a_key_of_their_own(mongo: Store, in_mongo: OwnersOffice) -> None:
    await in_mongo.record("101", (person("王建国", number=WANG), None))
    await in_mongo.record("102", (person("李秀英", number=LI), None))

    assert await mongo.collection("person_keys").count({}) == 2


async def test_events_name_nobody(mongo: Store, in_mongo: OwnersOffice) -> None:
    await in_mongo.record("101", (person("王建国", number=WANG, phone="13812345678"), None))

    (document,) = await mongo.collection("ownerships").find({})
    (event,) = document["outbox"]

    assert event["type"] == "ownership.changed.v1"
    assert _spoken([event]) == set()


def _spoken(documents: list[Document]) -> set[str]:
    return {word for text in _texts(documents) for word in UNSPEAKABLE if word in text}


def _texts(value: object) -> Iterator[str]:
    """Every text in a document, bytes read as text where they are."""
    match value:
        case bytes():
            yield value.decode(errors="replace")
        case dict():
            for key, part in value.items():
                yield str(key)
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
        case _:
            yield str(value)

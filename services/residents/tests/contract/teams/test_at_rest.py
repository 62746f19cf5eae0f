"""What the store holds of people in teams, and what is left when a key is destroyed."""

from collections.abc import Iterator
from datetime import date

from .conftest import InMongo
from .examples import AT, COMMUNITY, a_member, a_post, a_team, an_honour

UNSPEAKABLE = ("田桂兰", "1955-04-12", "健康原因", "录入有误")


async def test_nothing_of_a_persons_own_lies_there_in_clear(in_mongo: InMongo) -> None:
    team = await in_mongo.teams.add(a_team())
    member = await in_mongo.memberships.add(a_member(team, "田桂兰"))
    post = a_post(member)
    await in_mongo.memberships.change(COMMUNITY, member.id, lambda m: m.appoint(post))
    await in_mongo.memberships.change(
        COMMUNITY, member.id, lambda m: m.relieve(post.id, date(2026, 11, 23), "健康原因", AT)
    )
    honour = await in_mongo.honours.add(an_honour(team, 1, member=member))
    await in_mongo.honours.change(COMMUNITY, honour.id, lambda h: h.withdraw("录入有误", AT))
    await in_mongo.store.collection("canaries").insert_one({"_id": "田桂兰", "in": [b"1955-04-12"]})

    found = {
        name: await spoken(in_mongo, name)
        for name in ("canaries", "teams", "team_memberships", "team_honours", "person_keys")
    }
    assert found.pop("canaries") == {"田桂兰", "1955-04-12"}
    assert not any(found.values())


async def test_an_erased_person_leaves_days_and_posts_without_a_name(in_mongo: InMongo) -> None:
    team = await in_mongo.teams.add(a_team())
    member = await in_mongo.memberships.add(a_member(team, "田桂兰"))
    await in_mongo.memberships.change(COMMUNITY, member.id, lambda m: m.appoint(a_post(m)))
    await in_mongo.keys.destroy(member.person_key)
    left = await in_mongo.memberships.get(COMMUNITY, member.id)

    assert left.facts is None
    assert left.belongs_on(date(2026, 6, 1))
    assert left.posts_on(date(2026, 6, 1))

    gone = await in_mongo.memberships.change(
        COMMUNITY, member.id, lambda m: m.leave(date(2026, 11, 23), AT)
    )
    assert not gone.belongs_on(date(2026, 11, 24))


async def spoken(in_mongo: InMongo, collection: str) -> set[str]:
    documents = await in_mongo.store.collection(collection).find({})
    assert documents
    return {word for text in _texts(documents) for word in UNSPEAKABLE if word in text}


def _texts(value: object) -> Iterator[str]:
    """Every text in a document, bytes read as text where they are."""
    match value:
        case bytes():
            yield value.decode(errors="replace")
        case dict():
            for part in value.values():
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
        case _:
            yield str(value)

"""What lies in the store for one person, byte for byte: nothing that somebody could read."""

from collections.abc import Iterator
from datetime import date

import bson
import pytest
from chassis.encryption import KEY_BYTES, WrappingKeys
from chassis.mongo import Document, Store
from chassis.person_keys import PersonKeys
from chassis.testing import FrozenClock
from residents.adapters.archive.mongo_residents import MongoResidents
from residents.domain.archive.homes import Home
from residents.domain.archive.marks import marks_of
from residents.domain.archive.residents import StagedResident

from ...village import COMMUNITY, KEYED_HASH, TODAY, Village, person
from .conftest import Stores

CANARIES = {
    "name": "金丝雀",
    "part of the name": "丝雀",
    "other name": "朱鹮",
    "phone": "13812345678",
    "phone's end": "5678",
    "birth date": "1949-12-31",
    "birth date in figures": "19491231",
    "identity number": "11010519491231002X",
    "relation": "户主",
    "tag": "PARTY_MEMBER",
    "free tag": "爱唱歌",
}


@pytest.fixture
async def documents(mongo: Store, mongo_stores: Stores, now: FrozenClock) -> list[Document]:
    """Everything about one person, whom an import changes."""
    village = Village()
    home = village.household(village.building(village.estate("东里"), "2"), "101")
    tags = ("PARTY_MEMBER", "爱唱歌")
    facts = person("金丝雀", "13812345678", date(1949, 12, 31), relation="户主", tags=tags)
    one = village.resident(home, facts, identity_number="11010519491231002X")
    await mongo_stores.fill(village)
    later = person("朱鹮", "13812345678", date(1949, 12, 31))
    marks = marks_of(later, identity=one.identity_mark, today=TODAY, keyed_hash=KEYED_HASH)
    staged = StagedResident(
        edition=1,
        home=Home.at(home, since=None),
        facts=later,
        marks=marks.search,
        facts_mark=marks.facts,
        identity_mark=marks.identity,
    )
    await mongo_stores.residents.stage_all(COMMUNITY, {one.id: (1, staged)})
    collections = ("residents", "person_keys", "households", "buildings", "estates")
    return [each for name in collections for each in await mongo.collection(name).find({})]


def test_no_byte_of_it_tells_who_it_is(documents: list[Document]) -> None:
    stored = b"".join(bson.encode(document) for document in documents)

    assert {what for what, canary in CANARIES.items() if canary.encode() in stored} == set()


def test_the_canaries_would_be_heard() -> None:
    stored = bson.encode({"facts": dict(CANARIES)})

    assert all(canary.encode() in stored for canary in CANARIES.values())


def test_facts_are_bytes_and_marks_are_short_hashes(documents: list[Document]) -> None:
    (resident,) = [document for document in documents if "marks" in document]

    assert isinstance(resident["facts"], bytes)
    assert isinstance(resident["staged"]["facts"], bytes)
    assert all(len(mark) == 24 and int(mark, 16) for mark in _marks(resident))


def _marks(resident: Document) -> Iterator[str]:
    yield from (*resident["marks"], *resident["staged"]["marks"])
    yield from (resident["identity_mark"], resident["facts_mark"])


async def test_without_the_persons_key_nothing_is_left_to_read(
    mongo: Store, mongo_stores: Stores, now: FrozenClock, documents: list[Document]
) -> None:
    keys = PersonKeys(mongo, WrappingKeys({"test": bytes(KEY_BYTES)}), now=now)
    (resident,) = [document for document in documents if "marks" in document]
    await keys.destroy(resident["person_key"])

    erased = await MongoResidents(mongo, keys, now=now).get(COMMUNITY, resident["_id"])

    assert erased.facts is None
    assert erased.staged is not None
    assert erased.staged.facts is None

"""What the store holds, and how it answers."""

from collections.abc import Iterator
from operator import methodcaller

import pytest
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from residents.adapters.mongo import MongoAccounts, MongoSessions
from residents.domain.login import GLOBAL

from .examples import COMMUNITY, ELSEWHERE, a_session, an_account, minutes

ACCOUNTS = 60
UNSPEAKABLE = ("姓名", "refresh secret", "session secret", "invitation secret")


async def test_no_name_and_no_secret_is_in_the_store_in_clear(
    mongo: Store, mongo_accounts: MongoAccounts, mongo_sessions: MongoSessions, now: FrozenClock
) -> None:
    account = await mongo_accounts.add(an_account("a", now()))
    await mongo_sessions.add(a_session("a", now(), account_id=account.id))
    await mongo.collection("canaries").insert_one({"_id": "姓名a", "in": [b"refresh secret"]})

    found = {
        name: _spoken(await mongo.collection(name).find({}))
        for name in ("canaries", "accounts", "sessions", "person_keys")
    }

    assert found == {
        "canaries": {"姓名", "refresh secret"},
        "accounts": set(),
        "sessions": set(),
        "person_keys": set(),
    }


def _spoken(documents: list[Document]) -> set[str]:
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


async def test_each_person_has_a_key_of_their_own(
    mongo: Store, mongo_accounts: MongoAccounts, now: FrozenClock
) -> None:
    for name in ("a", "b"):
        await mongo_accounts.add(an_account(name, now()))

    assert await mongo.collection("person_keys").count({}) == 2


def assert_walked(recorded: Recorded, *, strictly: bool = True) -> None:
    """Every find walked an index and looked at few keys more than it gave back."""
    assert_indexed(recorded.plans, strictly=strictly)
    if strictly:
        assert all("IXSCAN" in str(plan) for plan in recorded.plans)


async def test_the_list_of_staff_walks_its_index(
    mongo_accounts: MongoAccounts, now: FrozenClock, strictly: bool
) -> None:
    for number in range(ACCOUNTS):
        for community_id in (COMMUNITY, ELSEWHERE):
            at = now() + minutes(number)
            await mongo_accounts.add(an_account(str(number), at, community_id=community_id))

    mongo_accounts.collection = recorded = Recorded(mongo_accounts.collection)
    page = await mongo_accounts.newest_first(COMMUNITY, first=10, after=None)
    await mongo_accounts.newest_first(COMMUNITY, first=10, after=page.cursors[-1])

    assert len(recorded.plans) == 2
    assert_walked(recorded, strictly=strictly)


async def test_sessions_are_found_by_index(
    mongo_sessions: MongoSessions, now: FrozenClock, strictly: bool
) -> None:
    for number in range(ACCOUNTS):
        session = await mongo_sessions.add(
            a_session(str(number), now(), account_id=f"account_{number % 6}")
        )
        if number % 2:
            at = now() + minutes(number)
            await mongo_sessions.change(GLOBAL, session.id, methodcaller("revoke", at))

    mongo_sessions.collection = recorded = Recorded(mongo_sessions.collection)
    await mongo_sessions.standing_of("account_0")
    assert_walked(recorded)
    await mongo_sessions.revoked_since(now() + minutes(50))
    assert_walked(recorded, strictly=strictly)


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(mongo)

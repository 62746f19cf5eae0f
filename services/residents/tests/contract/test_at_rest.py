"""What the store holds, and how it answers."""

from collections.abc import Iterator
from operator import methodcaller
from typing import Any

import pytest
from chassis.mongo import Document, Sort, Store
from chassis.testing import FrozenClock
from residents.adapters.mongo import MongoAccounts, MongoSessions
from residents.domain.login import GLOBAL

from .examples import COMMUNITY, ELSEWHERE, a_session, an_account, minutes

ACCOUNTS = 60
UNSPEAKABLE = ("姓名", "refresh secret", "session secret", "invitation secret")
KEYS_FOR_A_ROW = 10


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


class Explained:
    """Stands before a collection and keeps how each find would be answered."""

    def __init__(self, adapter: MongoAccounts | MongoSessions) -> None:
        self._collection = adapter.collection
        self.plans: list[Document] = []
        adapter.collection = self  # type: ignore[assignment]

    async def find(
        self, where: Document, *, fields: Any = None, sort: Sort | None = None, limit: int = 0
    ) -> list[Document]:
        self.plans.append(await self._collection.explain_find(where, sort=sort, limit=limit))
        return await self._collection.find(where, fields=fields, sort=sort, limit=limit)

    def check(self) -> None:
        """Every find walked an index and looked at few keys more than it gave back."""
        assert self.plans
        for plan in self.plans:
            figures = plan["executionStats"]
            assert "IXSCAN" in str(plan), plan
            assert "COLLSCAN" not in str(plan), plan
            most = KEYS_FOR_A_ROW * max(figures["nReturned"], 1)
            assert figures["totalKeysExamined"] <= most, plan


async def test_the_list_of_staff_walks_its_index(
    mongo_accounts: MongoAccounts, now: FrozenClock, walks_sorts: bool
) -> None:
    for number in range(ACCOUNTS):
        for community_id in (COMMUNITY, ELSEWHERE):
            at = now() + minutes(number)
            await mongo_accounts.add(an_account(str(number), at, community_id=community_id))

    explained = Explained(mongo_accounts)
    page = await mongo_accounts.newest_first(COMMUNITY, first=10, after=None)
    await mongo_accounts.newest_first(COMMUNITY, first=10, after=page.cursors[-1])

    assert len(explained.plans) == 2
    if walks_sorts:
        explained.check()


async def test_sessions_are_found_by_index(
    mongo_sessions: MongoSessions, now: FrozenClock, walks_sorts: bool
) -> None:
    for number in range(ACCOUNTS):
        session = await mongo_sessions.add(
            a_session(str(number), now(), account_id=f"account_{number % 6}")
        )
        if number % 2:
            at = now() + minutes(number)
            await mongo_sessions.change(GLOBAL, session.id, methodcaller("revoke", at))

    explained = Explained(mongo_sessions)
    await mongo_sessions.standing_of("account_0")
    explained.check()
    await mongo_sessions.revoked_since(now() + minutes(50))
    if walks_sorts:
        explained.check()


@pytest.fixture
async def walks_sorts(mongo: Store) -> bool:
    """Whether the store answers a sorted list from an index; its simplest build never does."""
    probe = mongo.collection("accounts")
    plan = await probe.explain_find({"community_id": "x"}, sort=(("created_at", -1), ("_id", -1)))
    return "SORT" not in str(plan["queryPlanner"]["winningPlan"])

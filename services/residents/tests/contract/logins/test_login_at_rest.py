"""What the store holds of who comes by WeChat, and how it answers."""

from collections.abc import Iterator

import msgspec
import pytest
from chassis.mongo import Document, Store
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from residents.application.logins.ports import WeChatPerson
from residents.domain.account import Account, AccountState
from residents.domain.login import AccountRef

from ..examples import a_session, an_account, minutes
from .conftest import PSEUDONYMS, MongoStores
from .examples import (
    COMMUNITY,
    ELSEWHERE,
    NAME,
    OPENID,
    PHONE,
    REASON,
    UNIONID,
    binding_id,
    by_wechat,
    with_binding,
    with_reset,
)

PEOPLE = 60
UNSPEAKABLE = (NAME, PHONE, PHONE[-4:], REASON, OPENID, UNIONID)


async def test_no_openid_unionid_phone_or_name_is_in_the_store_in_clear(
    mongo: Store, mongo_stores: MongoStores, now: FrozenClock
) -> None:
    identity = await mongo_stores.people.know(WeChatPerson("wx1", OPENID, UNIONID))
    account = msgspec.structs.replace(
        with_binding(by_wechat("a", now()), now()), reset_reason=REASON
    )
    await mongo_stores.accounts.add(account)
    await mongo.collection("canaries").insert_one(
        {"_id": NAME, "in": {OPENID: [PHONE.encode()]}, "why": REASON, "union": UNIONID}
    )

    collections = ("accounts", "wechat_identities", "wechat_unions", "person_keys")
    found = {name: _spoken(await mongo.collection(name).find({})) for name in collections}

    assert identity.openid == OPENID
    assert found == {name: set() for name in collections}
    assert _spoken(await mongo.collection("canaries").find({})) == set(UNSPEAKABLE)


async def test_marks_are_made_under_a_key(now: FrozenClock) -> None:
    assert PHONE not in PSEUDONYMS.phone_mark(PHONE)
    assert PSEUDONYMS.union_mark(UNIONID) != PSEUDONYMS.union_mark(OPENID)


@pytest.fixture
async def strictly(mongo: Store) -> bool:
    """Whether the store can answer a sorted list from an index at all."""
    return await walks_sorted(mongo)


@pytest.fixture
async def filled(mongo_stores: MongoStores, now: FrozenClock) -> MongoStores:
    """Two communities, each with staff, people who wait, and people who do not."""
    for number in range(PEOPLE):
        for community_id in (COMMUNITY, ELSEWHERE):
            at = now() + minutes(number)
            account = by_wechat(str(number), at, community_id=community_id)
            if number % 2:
                account = with_binding(account, at, estate_id=f"estate_{number % 6}")
            await mongo_stores.accounts.add(account)
            staff = an_account(str(number), at, community_id=community_id)
            await mongo_stores.accounts.add(staff)
            await mongo_stores.sessions.add(
                a_session(f"{community_id}{number}", at, community_id=community_id)
            )
    return mongo_stores


async def test_every_list_of_accounts_walks_an_index(
    filled: MongoStores, now: FrozenClock, strictly: bool
) -> None:
    accounts = filled.accounts
    accounts.collection = recorded = Recorded(accounts.collection)

    for listed in (accounts.newest_first, accounts.invited):
        page = await listed(COMMUNITY, first=10, after=None)
        await listed(COMMUNITY, first=10, after=page.cursors[-1])
    for estates in (None, ["estate_1"], ["estate_1", "estate_3"]):
        waiting = await accounts.with_waiting_bindings(COMMUNITY, estates, first=4, after=None)
        await accounts.with_waiting_bindings(COMMUNITY, estates, first=4, after=waiting.cursors[-1])
    await accounts.with_reset(COMMUNITY, first=10, after=None)
    first = by_wechat("1", now() + minutes(1))
    await accounts.of_binding(COMMUNITY, binding_id(first))

    assert len(recorded.plans) == 4 + 2 * 4 + 2
    assert_indexed(recorded.plans, strictly=strictly)


async def test_resets_under_way_walk_an_index(
    filled: MongoStores, now: FrozenClock, strictly: bool
) -> None:
    page = await filled.accounts.newest_first(COMMUNITY, first=100, after=None)
    for number, account in enumerate(page.items):
        if number % 5 == 0:
            await filled.accounts.change(
                COMMUNITY, account.id, lambda kept: (with_reset(_active(kept), now()), ())
            )
    filled.accounts.collection = recorded = Recorded(filled.accounts.collection)

    found = await filled.accounts.with_reset(COMMUNITY, first=4, after=None)
    await filled.accounts.with_reset(COMMUNITY, first=4, after=found.cursors[-1])

    assert len(found.items) == 4
    assert len(recorded.plans) == 2
    assert_indexed(recorded.plans, strictly=strictly)


async def test_every_list_of_sessions_walks_an_index(
    filled: MongoStores, now: FrozenClock, strictly: bool
) -> None:
    filled.sessions.collection = recorded = Recorded(filled.sessions.collection)
    account = AccountRef(COMMUNITY, "account_a")

    page = await filled.sessions.begun_since(account, now(), first=10, after=None)
    await filled.sessions.begun_since(account, now(), first=10, after=page.cursors[-1])

    assert len(recorded.plans) == 2
    assert_indexed(recorded.plans, strictly=strictly)


async def test_the_openids_of_a_person_are_found_by_index(
    mongo_stores: MongoStores, strictly: bool
) -> None:
    for number in range(PEOPLE):
        known = await mongo_stores.people.know(
            WeChatPerson(f"wx{number}", f"o-{number}", f"u-{number % 20}")
        )
    mongo_stores.identities.collection = recorded = Recorded(mongo_stores.identities.collection)

    found = await mongo_stores.identities.of_person(known.person_id)

    assert len(found) == 3
    assert len(recorded.plans) == 1
    assert_indexed(recorded.plans, strictly=strictly)


def _active(account: Account) -> Account:
    return msgspec.structs.replace(account, state=AccountState.ACTIVE, invitation=None)


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

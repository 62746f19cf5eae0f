"""What holds for the stores in memory holds for those in MongoDB."""

from datetime import date
from operator import methodcaller

import msgspec
import pytest
from chassis.errors import RequestIdReused
from chassis.testing import REQUESTS, FrozenClock
from residents.application.ports import NoAttempts, NoSigningKeys, UnknownLogin
from residents.domain.attempts import LoginAttempts
from residents.domain.community import Community
from residents.domain.errors import (
    AccountLocked,
    AccountNotFound,
    CommunityNotFound,
    SessionNotFound,
    UsernameTaken,
)
from residents.domain.login import GLOBAL, AccountRef, Credentials, LoginIdentity
from residents.domain.signing_keys import SigningKey, SigningKeys

from .conftest import Stores
from .examples import COMMUNITY, ELSEWHERE, a_session, an_account, minutes


async def test_a_community_is_read_back_by_itself_only(stores: Stores, now: FrozenClock) -> None:
    community = Community.found(COMMUNITY, name="八家庄", founded_on=date(1998, 6, 1), at=now())
    stored = await stores.communities.add(community)

    assert await stores.communities.get(COMMUNITY, COMMUNITY) == stored
    assert await stores.communities.get_many(COMMUNITY, [ELSEWHERE, COMMUNITY]) == [None, stored]
    with pytest.raises(CommunityNotFound):
        await stores.communities.get(ELSEWHERE, COMMUNITY)


async def test_an_account_is_read_back_in_its_own_community_only(
    stores: Stores, now: FrozenClock
) -> None:
    stored = await stores.accounts.add(an_account("a", now()))

    assert await stores.accounts.get(COMMUNITY, stored.id) == stored
    assert stored.display_name == "姓名a"
    with pytest.raises(AccountNotFound):
        await stores.accounts.get(ELSEWHERE, stored.id)
    assert await stores.accounts.get_many(ELSEWHERE, [stored.id]) == [None]


async def test_an_account_is_made_once_by_a_request(stores: Stores, now: FrozenClock) -> None:
    first = await stores.accounts.add(
        an_account("a", now()), request=REQUESTS.request_for("y", "1", of=1)
    )
    again = await stores.accounts.add(
        an_account("a", now() + minutes(1)), request=REQUESTS.request_for("y", "1", of=1)
    )

    assert again == first
    with pytest.raises(RequestIdReused):
        await stores.accounts.add(
            an_account("a", now()), request=REQUESTS.request_for("y", "1", of=2)
        )


async def test_accounts_are_listed_the_newest_first(stores: Stores, now: FrozenClock) -> None:
    for number in range(5):
        await stores.accounts.add(an_account(str(number), now() + minutes(number // 2)))
    await stores.accounts.add(an_account("x", now(), community_id=ELSEWHERE))

    first = await stores.accounts.newest_first(COMMUNITY, first=3, after=None)
    rest = await stores.accounts.newest_first(COMMUNITY, first=3, after=first.cursors[-1])

    listed = [account.username for account in (*first.items, *rest.items)]
    assert listed[0] == "4"
    assert set(listed[1:3]) == {"3", "2"}
    assert set(listed[3:]) == {"1", "0"}
    assert first.has_next_page
    assert not rest.has_next_page


async def test_a_login_keeps_its_username_for_one_account(stores: Stores, now: FrozenClock) -> None:
    mine, other = AccountRef(COMMUNITY, "account_a"), AccountRef(ELSEWHERE, "account_b")
    login = LoginIdentity(id="login_a", username="a", account=mine, reserved_until=now())
    await stores.logins.add(login)
    credentials = Credentials("hash", b"\x00sealed", 1)

    stored = await stores.logins.change(
        GLOBAL, login.id, lambda login: login.set_credentials(mine, credentials)
    )

    assert await stores.logins.get(GLOBAL, login.id) == stored
    assert stored.credentials == credentials
    with pytest.raises(UsernameTaken):
        await stores.logins.change(
            GLOBAL, login.id, lambda login: login.reserve(other, now() + minutes(9), now())
        )
    assert await stores.logins.get(GLOBAL, login.id) == stored
    with pytest.raises(UnknownLogin):
        await stores.logins.get(GLOBAL, "login_b")


async def test_attempts_are_counted_until_the_lock(stores: Stores, now: FrozenClock) -> None:
    with pytest.raises(NoAttempts):
        await stores.attempts.change(GLOBAL, "a", lambda counted: counted.begin(now()))
    await stores.attempts.add(LoginAttempts.none_yet("a", limit=2, at=now()))
    for _ in range(2):
        counted = await stores.attempts.change(GLOBAL, "a", lambda counted: counted.begin(now()))

    with pytest.raises(AccountLocked):
        await stores.attempts.change(GLOBAL, "a", lambda counted: counted.begin(now()))

    assert await stores.attempts.get(GLOBAL, "a") == counted
    assert counted.locked_until == now() + minutes(15)


async def test_the_standing_sessions_of_an_account_are_found(
    stores: Stores, now: FrozenClock
) -> None:
    for name in ("a1", "a2", "a3"):
        await stores.sessions.add(a_session(name, now()))
    ended = await stores.sessions.add(a_session("a4", now()))
    await stores.sessions.add(a_session("b1", now(), account_id="account_b"))
    await stores.sessions.change(GLOBAL, ended.id, lambda session: session.revoke(now()))

    standing = await stores.sessions.standing_of("account_a")

    assert {session.id for session in standing} == {
        a_session(name, now()).id for name in ("a1", "a2", "a3")
    }
    with pytest.raises(SessionNotFound):
        await stores.sessions.get(GLOBAL, "session_unknown")


async def test_revoked_sessions_are_listed_from_a_time_on(stores: Stores, now: FrozenClock) -> None:
    start = now()
    for number in range(4):
        session = await stores.sessions.add(a_session(str(number), start))
        at = start + minutes(number)
        await stores.sessions.change(GLOBAL, session.id, methodcaller("revoke", at))
    await stores.sessions.add(a_session("standing", start))

    revoked = await stores.sessions.revoked_since(start + minutes(2))

    assert [session.revoked_at for session in revoked] == [start + minutes(2), start + minutes(3)]


async def test_the_first_keys_stand(stores: Stores) -> None:
    with pytest.raises(NoSigningKeys):
        await stores.key_sets.get(GLOBAL, "keys")
    first = await stores.key_sets.add(_keys("one"))

    assert await stores.key_sets.add(_keys("two")) == first
    assert await stores.key_sets.get(GLOBAL, "keys") == first
    assert first.active.sealed_private_key == b"\xffsealed one"


def _keys(name: str) -> SigningKeys:
    active = SigningKey(id=name, public_key="x", sealed_private_key=b"\xffsealed " + name.encode())
    following = msgspec.structs.replace(active, id=f"{name} next")
    return SigningKeys.first("keys", active, following, FrozenClock()())


async def test_accounts_whose_roles_a_term_has_changed_are_found_in_every_community(
    stores: Stores, now: FrozenClock
) -> None:
    for name, change_at in (("a", minutes(3)), ("b", minutes(1)), ("c", minutes(2)), ("d", None)):
        account = an_account(name, now())
        change = now() + change_at if change_at else None
        await stores.accounts.add(msgspec.structs.replace(account, roles_change_at=change))

    due = await stores.accounts.with_roles_to_tell(now() + minutes(2), limit=5)

    assert {account.username for account in due} == {
        an_account(name, now()).username for name in ("b", "c")
    }
    assert len(await stores.accounts.with_roles_to_tell(now() + minutes(3), limit=2)) == 2

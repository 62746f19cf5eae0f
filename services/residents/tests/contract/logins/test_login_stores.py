"""What holds for the stores in memory holds for those in MongoDB."""

import asyncio
from collections.abc import Sequence
from operator import methodcaller

import msgspec
import pytest
from chassis.ids import derived_id
from chassis.testing import FrozenClock
from residents.application.logins.ports import UnknownClaim, UnknownIdentity, WeChatPerson
from residents.application.ports import AccountPage
from residents.domain.account import Account, AccountState
from residents.domain.logins.binding_rules import refuse_binding
from residents.domain.logins.errors import BindingNotFound, OpenidClaimed, ResidentAlreadyClaimed
from residents.domain.logins.resident_claim import ClaimHolder, ResidentClaim

from ..examples import a_session, an_account, minutes
from .conftest import Stores
from .examples import (
    COMMUNITY,
    ELSEWHERE,
    OPENID,
    PHONE,
    UNIONID,
    binding_id,
    by_wechat,
    with_binding,
    with_reset,
)


async def test_an_account_is_read_back_with_all_that_is_its_persons(
    stores: Stores, now: FrozenClock
) -> None:
    stored = await stores.accounts.add(with_binding(by_wechat("a", now()), now()))

    assert await stores.accounts.get(COMMUNITY, stored.id) == stored
    assert stored.phone == PHONE
    assert stored.binding_words == with_binding(by_wechat("a", now()), now()).binding_words


async def test_a_binding_is_found_in_its_own_community_only(
    stores: Stores, now: FrozenClock
) -> None:
    stored = await stores.accounts.add(with_binding(by_wechat("a", now()), now()))

    assert await stores.accounts.of_binding(COMMUNITY, binding_id(stored)) == stored
    for community_id, wanted in ((ELSEWHERE, binding_id(stored)), (COMMUNITY, "binding_x")):
        with pytest.raises(BindingNotFound):
            await stores.accounts.of_binding(community_id, wanted)


async def test_who_waits_longest_comes_first_in_the_estates_asked_for(
    stores: Stores, now: FrozenClock
) -> None:
    made = {}
    for number, estates in enumerate((("a",), ("b",), ("a", "b"), (), ("c",))):
        account = by_wechat(str(number), now())
        for estate in estates:
            at = now() + minutes(10 - number)
            account = with_binding(account, at, estate_id=estate, name=estate)
        made[number] = (await stores.accounts.add(account)).id
    await stores.accounts.add(
        with_binding(by_wechat("a", now(), community_id=ELSEWHERE), now(), estate_id="a")
    )

    async def waiting(estate_ids: Sequence[str] | None) -> list[str]:
        """Read in pages of one."""
        seen: list[str] = []
        after = None
        while True:
            page = await stores.accounts.with_waiting_bindings(
                COMMUNITY, estate_ids, first=1, after=after
            )
            seen.extend(account.id for account in page.items)
            if not page.has_next_page:
                return seen
            after = page.cursors[-1]

    assert await waiting(None) == [made[4], made[2], made[1], made[0]]
    assert await waiting(["a"]) == [made[2], made[0]]
    assert await waiting(["a", "b"]) == [made[2], made[1], made[0]]
    assert await waiting([]) == []


async def test_what_is_decided_is_in_the_list_no_more(stores: Stores, now: FrozenClock) -> None:
    stored = await stores.accounts.add(with_binding(by_wechat("a", now()), now()))
    await stores.accounts.change(
        COMMUNITY,
        stored.id,
        lambda account: refuse_binding(
            account, binding_id(account), "不是", by="account_by", at=now()
        ),
    )

    for estates in (None, ["estate_a"]):
        page = await stores.accounts.with_waiting_bindings(COMMUNITY, estates, first=9, after=None)
        assert list(page.items) == []


async def test_staff_those_invited_and_those_to_be_reset_are_lists_of_their_own(
    stores: Stores, now: FrozenClock
) -> None:
    invited = await stores.accounts.add(an_account("invited", now()))
    at_work = msgspec.structs.replace(
        an_account("at-work", now() + minutes(1)), state=AccountState.ACTIVE, invitation=None
    )
    active = await stores.accounts.add(at_work)
    lost = await stores.accounts.add(
        with_reset(
            msgspec.structs.replace(at_work, id=derived_id("account", "lost")),
            now() + minutes(2),
        )
    )
    await stores.accounts.add(by_wechat("a", now()))
    await stores.accounts.add(an_account("other", now(), community_id=ELSEWHERE))

    assert _ids(await stores.accounts.newest_first(COMMUNITY, first=9, after=None)) == _newest(
        invited, active, lost
    )
    assert _ids(await stores.accounts.invited(COMMUNITY, first=9, after=None)) == [invited.id]
    assert _ids(await stores.accounts.with_reset(COMMUNITY, first=9, after=None)) == [lost.id]


async def test_sessions_of_an_account_are_listed_while_they_stand(
    stores: Stores, now: FrozenClock
) -> None:
    made = [await stores.sessions.add(a_session(str(n), now() + minutes(n))) for n in range(4)]
    await stores.sessions.change("", made[3].id, methodcaller("revoke", now()))
    await stores.sessions.add(a_session("other", now(), account_id="account_b"))
    account = made[0].account

    first = await stores.sessions.begun_since(account, now(), first=1, after=None)
    rest = await stores.sessions.begun_since(account, now(), first=9, after=first.cursors[-1])
    foreign = msgspec.structs.replace(account, community_id=ELSEWHERE)
    elsewhere = await stores.sessions.begun_since(foreign, now(), first=9, after=None)

    assert ([e.id for e in first.items], first.has_next_page) == ([made[2].id], True)
    assert [e.id for e in rest.items] == [made[1].id]
    assert list(elsewhere.items) == []


async def test_an_openid_is_here_once_and_found_by_its_person(stores: Stores) -> None:
    here = WeChatPerson("wx1", OPENID, UNIONID)
    there = WeChatPerson("wx2", "another", UNIONID)
    known = await asyncio.gather(*(stores.people.know(each) for each in (here, there) * 3))

    assert len({identity.person_id for identity in known}) == 1
    found = await stores.identities.of_person(known[0].person_id)
    assert {(each.app_id, each.openid, each.unionid) for each in found} == {
        ("wx1", OPENID, UNIONID),
        ("wx2", "another", UNIONID),
    }
    with pytest.raises(OpenidClaimed):
        await stores.people.know(WeChatPerson("wx1", OPENID, "another-union"))
    with pytest.raises(UnknownIdentity):
        await stores.identities.get("", "wechat_unknown")


async def test_of_two_who_claim_a_resident_at_once_one_holds(stores: Stores) -> None:
    def claim(number: int) -> ResidentClaim:
        return ResidentClaim(
            id=derived_id("claim", "r"),
            community_id=COMMUNITY,
            resident_id="resident_r",
            holder=ClaimHolder(f"account_{number}", f"binding_{number}"),
        )

    held = await asyncio.gather(*(stores.claims.add(claim(number)) for number in range(4)))

    (holder,) = {each.holder for each in held}
    with pytest.raises(ResidentAlreadyClaimed):
        await stores.claims.change(
            COMMUNITY, held[0].id, lambda kept: kept.hold(ClaimHolder("account_9", "binding_9"))
        )
    other = ClaimHolder("account_9", "binding_9")
    moved = await stores.claims.change(
        COMMUNITY, held[0].id, lambda kept: kept.hold(other, instead_of=holder)
    )
    assert moved.holder == other
    with pytest.raises(UnknownClaim):
        await stores.claims.get(ELSEWHERE, held[0].id)


def _ids(page: AccountPage) -> list[str]:
    return [account.id for account in page.items]


def _newest(*accounts: Account) -> list[str]:
    newest_first = sorted(accounts, key=lambda each: (each.created_at, each.id), reverse=True)
    return [account.id for account in newest_first]

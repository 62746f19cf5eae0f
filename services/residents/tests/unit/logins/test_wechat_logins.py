"""Logging in by WeChat: one person, one account a community."""

import asyncio

import pytest
from residents.application.create_community import Founded
from residents.domain.account import AccountState
from residents.domain.attempts import ADDRESS_LIMIT
from residents.domain.errors import (
    AccountLocked,
    CommunityNotFound,
    ResidentsError,
    SessionEnded,
)
from residents.domain.logins.errors import (
    AccountIsDisabled,
    OpenidClaimed,
    WeChatAway,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUserAtRisk,
)
from residents.domain.roles import Actor

from .village import UNBOUND, Village

pytestmark = pytest.mark.usefixtures("founded")


async def test_the_first_login_makes_an_account_of_a_resident_of_nothing(village: Village) -> None:
    logged_in = await village.come("o-1")

    account = logged_in.account
    assert account.state is AccountState.ACTIVE
    assert account.roles == UNBOUND
    assert (account.username, account.display_name, account.is_staff) == (None, None, False)
    assert village.tokens.issued[-1].roles == UNBOUND


async def test_who_comes_again_finds_their_account(village: Village) -> None:
    first = await village.come("o-1", "u-1")
    writes = village.changes
    again = await village.come("o-1", "u-1")

    assert again.account.id == first.account.id
    assert village.changes == writes + 1  # the session


async def test_two_logins_at_once_make_one_account(village: Village) -> None:
    logins = [village.come("o-1", "u-1") for _ in range(5)]
    accounts = {logged_in.account.id for logged_in in await asyncio.gather(*logins)}

    assert len(accounts) == 1
    assert len(village.identities.all) == 1


async def test_a_unionid_joins_the_apps_of_one_company(village: Village) -> None:
    here = await village.come("o-1", "u-1", app_id="wx1")
    there = await village.come("o-2", "u-1", app_id="wx2")
    somebody_else = await village.come("o-3", "u-2", app_id="wx1")

    assert there.account.id == here.account.id
    assert somebody_else.account.id != here.account.id


async def test_two_apps_of_one_person_at_once_make_one_account(village: Village) -> None:
    logins = [village.come(f"o-{n}", "u-1", app_id=f"wx{n}") for n in range(4)]

    assert len({each.account.id for each in await asyncio.gather(*logins)}) == 1


async def test_one_openid_of_two_apps_is_of_two_people(village: Village) -> None:
    here = await village.come("o-1", app_id="wx1")
    there = await village.come("o-1", app_id="wx2")

    assert here.account.id != there.account.id


async def test_a_unionid_that_comes_later_is_learned(village: Village) -> None:
    before = await village.come("o-1")
    after = await village.come("o-1", "u-1")
    by_the_other_app = await village.come("o-2", "u-1", app_id="wx2")

    assert before.account.union_mark is None
    assert after.account.union_mark == village.pseudonyms.union_mark("u-1")
    assert before.account.id == after.account.id == by_the_other_app.account.id


async def test_a_person_has_an_account_in_each_community(village: Village) -> None:
    elsewhere = await village.found(request_id="r2", username="secretary-2")
    here = await village.come("o-1")
    there = await village.come("o-1", community_id=elsewhere.community.id)

    assert here.account.id != there.account.id
    assert there.account.community_id == elsewhere.community.id
    assert len(village.identities.all) == 1


async def test_an_openid_known_with_another_unionid_is_refused(village: Village) -> None:
    await village.come("o-1", "u-1")

    await _refused(village, OpenidClaimed, "OPENID_CLAIMED", openid="o-1", unionid="u-2")


async def test_an_openid_that_two_people_claim_is_refused(village: Village) -> None:
    await village.come("o-1", app_id="wx1")
    await village.come("o-2", "u-1", app_id="wx2")

    await _refused(village, OpenidClaimed, "OPENID_CLAIMED", openid="o-1", unionid="u-1")


async def test_a_code_is_good_once(village: Village) -> None:
    code = village.code("o-1")
    await village.come("o-1", code=code)

    await _refused(village, WeChatCodeInvalid, "WECHAT_CODE_INVALID", code=code)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (WeChatNotConfigured(), "WECHAT_NOT_CONFIGURED"),
        (WeChatTooFrequent(), "WECHAT_TOO_FREQUENT"),
        (WeChatUserAtRisk(), "WECHAT_USER_AT_RISK"),
        (WeChatAway(), "WECHAT_UNAVAILABLE"),
    ],
)
async def test_what_wechat_refuses_is_named(
    village: Village, failure: ResidentsError, code: str
) -> None:
    village.mini_program.fails_with = failure

    await _refused(village, type(failure), code)


async def test_an_unknown_community_is_named_before_the_code_is_spent(village: Village) -> None:
    await _refused(
        village, CommunityNotFound, "COMMUNITY_NOT_FOUND", community_id="community_unknown"
    )
    assert village.mini_program.asked == 0


async def test_failures_from_one_address_lock_it_and_no_other(village: Village) -> None:
    for _ in range(ADDRESS_LIMIT):
        with pytest.raises(WeChatCodeInvalid):
            await village.come("o-1", code="guessed")

    with pytest.raises(AccountLocked) as locked:
        await village.come("o-1")
    assert locked.value.code == "ACCOUNT_LOCKED"
    await village.come("o-1", address="10.0.0.2")


async def test_wechats_own_failures_lock_nobody(village: Village) -> None:
    village.mini_program.fails_with = WeChatAway()
    for _ in range(ADDRESS_LIMIT + 1):
        with pytest.raises(WeChatAway):
            await village.come("o-1")
    village.mini_program.fails_with = None

    assert (await village.come("o-1")).account


async def test_a_disabled_account_is_refused(village: Village, secretary: Actor) -> None:
    logged_in = await village.come("o-1")
    account = logged_in.account
    await village.accounts.change(
        account.community_id, account.id, lambda a: a.disable(secretary, village.now())
    )

    await _refused(village, AccountIsDisabled, "ACCOUNT_DISABLED", openid="o-1")
    with pytest.raises(SessionEnded):
        await village.residents.refresh_session(logged_in.refresh_token)


async def test_staff_are_listed_without_residents(
    village: Village, founded: Founded, secretary: Actor
) -> None:
    await village.come("o-1")

    page = await village.residents.queries.staff_accounts(secretary, first=10, after=None)

    assert [account.id for account in page.items] == [founded.account.id]


async def _refused(
    village: Village, error: type[ResidentsError], named: str, *, openid: str = "o-9", **given: str
) -> None:
    before = village.changes
    with pytest.raises(error) as refusal:
        await village.come(openid, **given)
    assert refusal.value.code == named
    assert village.changes == before

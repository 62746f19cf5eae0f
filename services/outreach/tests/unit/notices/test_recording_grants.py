"""Permissions that residents give: by WeChat's word, each kept once, never somebody else's."""

from datetime import UTC, datetime

import pytest
from chassis.errors import Forbidden, RequestIdReused
from chassis.events import Received
from chassis.testing import REQUESTS
from outreach.application.notices.lock_openids import LockOpenids
from outreach.consumers.notices.on_account_bound import AccountBound, on_account_bound
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.errors import OutreachError
from outreach.domain.notices.errors import (
    GrantSpent,
    OpenidClaimed,
    TemplateUnknown,
    WeChatCodeInvalid,
)
from outreach.domain.notices.grants import UNSPENT_KEPT, GrantState, SubscriptionGrant
from outreach.domain.notices.kinds import Template
from outreach.domain.permissions import Actor

from .cast import COMMUNITY, MA, TIAN, Cast, resident

PROGRESS, VOUCHER = Template.ISSUE_PROGRESS, Template.VOUCHER


async def record(
    cast: Cast,
    code: str,
    *templates: Template,
    account_id: str = TIAN,
    request_id: str = "request",
) -> dict[Template, int]:
    wanted = templates or (PROGRESS,)
    return await cast.record_grant(
        resident(account_id),
        code,
        wanted,
        request=REQUESTS.request_for(account_id, request_id, code=code, templates=wanted),
    )


def bound(person_key: str, *, sequence: int) -> Received[AccountBound]:
    return Received(
        id="event_1",
        type=AccountBound.type,
        subject=TIAN,
        sequence=sequence,
        community_id=COMMUNITY,
        time=datetime(2026, 11, 23, tzinfo=UTC),
        data=AccountBound(TIAN, person_key),
    )


async def test_each_template_is_kept_once(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"

    allowed = await record(cast, "code", PROGRESS, VOUCHER, PROGRESS)

    assert allowed == {PROGRESS: 1, VOUCHER: 1}
    assert [it.template for it in cast.grants.all] == [PROGRESS, VOUCHER]
    assert {it.wechat_user_id for it in cast.grants.all} == {cast.users.all[0].id}


async def test_the_openid_shows_in_no_id_and_is_locked_for_its_person(cast: Cast) -> None:
    await cast.accounts.add(BoundAccount(id=TIAN, community_id=COMMUNITY, person_key="person_tian"))
    cast.mini_program.codes["code"] = "openid"

    await record(cast, "code")

    (user,) = cast.users.all
    assert (user.locked_for, user.openid) == ("person_tian", "openid")
    assert "openid" not in user.id


async def test_whoever_is_not_verified_has_it_locked_for_the_account(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"

    await record(cast, "code")

    assert cast.users.all[0].locked_for == TIAN


async def test_once_somebody_is_verified_it_is_locked_for_them(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    await record(cast, "code")
    lock = on_account_bound(LockOpenids(cast.accounts, cast.users))

    for _ in range(2):
        await lock(bound("person_tian", sequence=2))

    (user,) = cast.users.all
    assert (user.locked_for, user.openid) == ("person_tian", "openid")


async def test_an_older_word_of_who_somebody_is_locks_for_nobody_else(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    await record(cast, "code")
    known = BoundAccount(id=TIAN, community_id=COMMUNITY, person_key="person_tian", told_sequence=3)
    await cast.accounts.add(known)

    await on_account_bound(LockOpenids(cast.accounts, cast.users))(bound("person_old", sequence=2))

    assert cast.users.all[0].locked_for == "person_tian"


async def test_what_was_missed_is_made_good_at_the_next_permission(cast: Cast) -> None:
    cast.mini_program.codes |= {"code": "openid", "code-2": "openid"}
    await record(cast, "code")
    await cast.accounts.add(BoundAccount(id=TIAN, community_id=COMMUNITY, person_key="person_tian"))

    await record(cast, "code-2", request_id="request-2")

    assert [it.locked_for for it in cast.users.all] == ["person_tian"]


async def test_a_repeat_needs_no_code_and_keeps_nothing_more(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"

    first = await record(cast, "code", PROGRESS, VOUCHER)
    again = await record(cast, "code", PROGRESS, VOUCHER)

    assert first == again == {PROGRESS: 1, VOUCHER: 1}


async def test_a_repeat_finishes_what_a_crash_left_undone(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    request = REQUESTS.request_for(TIAN, "request", code="code", templates=(PROGRESS, VOUCHER))
    user = cast.users
    await record(cast, "code", PROGRESS, VOUCHER)
    cast.grants._kept.pop((COMMUNITY, cast.identities.grant(TIAN, "request", VOUCHER)))

    allowed = await cast.record_grant(resident(TIAN), "code", (PROGRESS, VOUCHER), request=request)

    assert allowed == {PROGRESS: 1, VOUCHER: 1}
    assert len(user.all) == 1


@pytest.mark.parametrize("templates", [(VOUCHER,), (PROGRESS, VOUCHER)])
async def test_a_request_id_is_for_one_request(templates: tuple[Template, ...], cast: Cast) -> None:
    cast.mini_program.codes.update({"code": "openid", "code-2": "openid"})
    await record(cast, "code")

    with pytest.raises(RequestIdReused):
        await record(cast, "code-2", *templates)

    assert len(cast.grants.all) == 1
    assert "code-2" in cast.mini_program.codes


async def test_a_code_used_before_is_refused(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    await record(cast, "code")

    await _is_refused(cast, WeChatCodeInvalid, "WECHAT_CODE_INVALID", request_id="another")


async def test_a_code_that_wechat_does_not_know_is_refused(cast: Cast) -> None:
    await _is_refused(cast, WeChatCodeInvalid, "WECHAT_CODE_INVALID")


async def test_two_people_cannot_claim_one_openid(cast: Cast) -> None:
    cast.mini_program.codes.update({"of-ma": "openid", "code": "openid"})
    await record(cast, "of-ma", account_id=MA)

    await _is_refused(cast, OpenidClaimed, "OPENID_CLAIMED")

    assert cast.users.all[0].account_id == MA


async def test_a_template_that_the_mini_program_does_not_have_is_refused(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    cast.mini_program.template_ids = {PROGRESS: "id"}

    with pytest.raises(TemplateUnknown) as refused:
        await record(cast, "code", PROGRESS, VOUCHER)

    assert refused.value.code == "TEMPLATE_UNKNOWN"
    assert (cast.grants.all, cast.users.all) == ([], [])
    assert "code" in cast.mini_program.codes


async def test_who_has_no_notices_gives_no_permissions(cast: Cast) -> None:
    cast.mini_program.codes["code"] = "openid"
    request = REQUESTS.request_for("account_till", "request", code="code")
    till = Actor("account_till", COMMUNITY, frozenset({"merchant"}))

    with pytest.raises(Forbidden):
        await cast.record_grant(till, "code", (PROGRESS,), request=request)

    assert cast.grants.all == []
    assert "code" in cast.mini_program.codes


async def test_so_many_are_kept_the_newest_of_them(cast: Cast) -> None:
    for _ in range(UNSPENT_KEPT + 2):
        await cast.allows(TIAN)
        cast.clock.advance(minutes=1)

    unspent = await cast.grants.unspent(COMMUNITY, TIAN, PROGRESS, limit=100)
    assert len(unspent) == UNSPENT_KEPT
    assert unspent == cast.grants.all[2:]


def test_a_permission_is_spent_once() -> None:
    grant = _grant()
    spent, _ = grant.spend("notification_1")

    assert spent.spend("notification_1") == (spent, [])
    with pytest.raises(GrantSpent) as refused:
        spent.spend("notification_2")
    assert refused.value.code == "GRANT_SPENT"
    with pytest.raises(GrantSpent):
        grant.void()[0].spend("notification_1")


def test_only_who_has_a_permission_gives_it_back() -> None:
    spent = _grant().spend("notification_1")[0]

    assert spent.give_back("notification_2") == (spent, [])
    assert spent.give_back("notification_1")[0].state is GrantState.UNSPENT
    void, _ = spent.void()
    assert void.give_back("notification_1") == (void, [])


def _grant() -> SubscriptionGrant:
    return SubscriptionGrant(
        id="grant_1",
        community_id=COMMUNITY,
        account_id=TIAN,
        template=PROGRESS,
        wechat_user_id="wechat_user_1",
        granted_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


async def _is_refused(
    cast: Cast, error: type[OutreachError], code: str, *, request_id: str = "request"
) -> None:
    users, grants = cast.users.all, cast.grants.all
    with pytest.raises(error) as refused:
        await record(cast, "code", request_id=request_id)
    assert refused.value.code == code
    assert (cast.users.all, cast.grants.all) == (users, grants)

"""Credentials that are lost: two people have them reset, the person sets new ones."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from chassis.errors import StoreUnavailable
from chassis.ids import derived_id
from residents.application.create_community import Founded
from residents.application.privacy.ports import AuditAct, AuditAction
from residents.domain.errors import (
    AccountNotFound,
    LoginRefused,
    PasswordTooWeak,
    SessionEnded,
)
from residents.domain.logins.errors import (
    AccountNotResettable,
    ReasonInvalid,
    ResetCodeInvalid,
    ResetNotFound,
)
from residents.domain.roles import Actor, Role

from ..office import PASSWORD, actor_of
from .reset_desk import NEW_PASSWORD, Desk


async def test_two_people_let_a_third_in_again(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)

    done = await village.logins_room.complete_credential_reset(code, NEW_PASSWORD)

    assert done.account.id == subject.account_id
    logged_in = await village.log_in("clerk-2", done.totp_secret, password=NEW_PASSWORD)
    assert logged_in.account.id == subject.account_id
    with pytest.raises(LoginRefused):
        await village.log_in("clerk-2", done.totp_secret, password=PASSWORD)


async def test_every_session_of_before_ends(desk: Desk, founded: Founded) -> None:
    village = desk.village
    asker, approver = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    sessions = []
    for _ in range(2):
        village.now.advance(minutes=1)
        sessions.append(await village.log_in("secretary", founded.totp_secret))
    secretary = desk.secretary
    code = await desk.code(asker, approver, secretary)

    await village.logins_room.complete_credential_reset(code, NEW_PASSWORD)

    assert len(village.sessions.events) == 2
    for session in sessions:
        with pytest.raises(SessionEnded):
            await village.residents.refresh_session(session.refresh_token)


async def test_it_is_in_the_audit_trail_once_before_it_is_done(
    desk: Desk, secretary: Actor
) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    for _ in range(2):
        code = await desk.code(helper, secretary, subject)
    assert [(act.action, act.actor_account_id) for act in village.audit.acts] == [
        (AuditAction.CREDENTIALS_RESET_REQUESTED, helper.account_id),
        (AuditAction.CREDENTIALS_RESET_APPROVED, secretary.account_id),
    ]

    await village.logins_room.complete_credential_reset(code, NEW_PASSWORD)

    act = village.audit.acts[-1]
    assert len(village.audit.acts) == 3
    assert act.action is AuditAction.CREDENTIALS_RESET
    assert act.actor_account_id == secretary.account_id
    assert {each.subject for each in village.audit.acts} == {subject.account_id}


async def test_nothing_is_asked_or_approved_that_could_not_be_written_down(
    desk: Desk, secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")

    async def away(entry: AuditAct) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(village.audit, "append", away)
        before = village.writes
        with pytest.raises(StoreUnavailable):
            await desk.ask(helper, subject)
        assert village.writes == before
    reset_id = await desk.ask(helper, subject)
    with monkeypatch.context() as broken:
        broken.setattr(village.audit, "append", away)
        before = village.writes
        with pytest.raises(StoreUnavailable):
            await desk.approve(secretary, subject, reset_id)
        with pytest.raises(StoreUnavailable):
            await village.logins_room.reset_by_operator(derived_id("login", "secretary"), "reset_1")
        assert village.writes == before


async def test_who_lost_the_answer_of_the_activation_is_helped(
    desk: Desk, secretary: Actor
) -> None:
    """The one answer that held the secret of the device never arrived."""
    village = desk.village
    helper = await desk.colleague("clerk-1")
    lost = await village.invite(secretary, request_id="lost", username="clerk-2")
    await village.residents.activate_staff_account(lost.invitation_code, PASSWORD)
    subject = actor_of(village.community_id, lost.account.id, Role.CLERK)

    code = await desk.code(secretary, helper, subject)
    done = await village.logins_room.complete_credential_reset(code, NEW_PASSWORD)

    assert await village.log_in("clerk-2", done.totp_secret, password=NEW_PASSWORD)


async def test_the_code_is_good_once(desk: Desk, secretary: Actor) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    complete = desk.village.logins_room.complete_credential_reset
    await complete(code, NEW_PASSWORD)

    await desk.refuses(complete(code, NEW_PASSWORD), ResetCodeInvalid, "RESET_CODE_INVALID")


async def test_of_two_with_one_code_the_last_begun_finishes(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    complete = village.logins_room.complete_credential_reset
    hash_quickly = village.passwords.hash
    taken = []

    async def hash_while_somebody_else_is_quicker(password: str) -> str:
        village.passwords.hash = hash_quickly  # type: ignore[method-assign]
        taken.append(await complete(code, "quicker-than-me-7"))
        return await hash_quickly(password)

    village.passwords.hash = hash_while_somebody_else_is_quicker  # type: ignore[method-assign]
    with pytest.raises(ResetCodeInvalid):
        await complete(code, NEW_PASSWORD)

    (done,) = taken
    assert await village.log_in("clerk-2", done.totp_secret, password="quicker-than-me-7")


async def test_a_completion_that_was_stopped_is_begun_again(
    desk: Desk, secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    complete = village.logins_room.complete_credential_reset
    with monkeypatch.context() as crash:
        crash.setattr(village.sessions, "standing_of", _crash)
        with pytest.raises(RuntimeError):
            await complete(code, NEW_PASSWORD)

    done = await complete(code, NEW_PASSWORD)

    assert await village.log_in("clerk-2", done.totp_secret, password=NEW_PASSWORD)
    assert [act.action for act in village.audit.acts][2:] == [AuditAction.CREDENTIALS_RESET]


async def _crash(_: str) -> None:
    raise RuntimeError


async def test_a_weak_password_leaves_the_code_good(desk: Desk, secretary: Actor) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    complete = desk.village.logins_room.complete_credential_reset

    await desk.refuses(complete(code, "short"), PasswordTooWeak, "PASSWORD_TOO_WEAK")
    assert await complete(code, NEW_PASSWORD)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda code: "",
        lambda code: "nonsense",
        lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"),
        lambda code: code.removeprefix("reset."),
        lambda code: code.replace("account_", "account_0"),
    ],
)
async def test_a_wrong_code_changes_nothing(
    desk: Desk, secretary: Actor, spoil: Callable[[str], str]
) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    command = desk.village.logins_room.complete_credential_reset(spoil(code), NEW_PASSWORD)

    await desk.refuses(command, ResetCodeInvalid, "RESET_CODE_INVALID")


async def test_a_code_and_a_request_end_after_a_day(desk: Desk, secretary: Actor) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    reset_id = await desk.ask(helper, subject)
    desk.village.now.advance(hours=24)
    command = desk.approve(secretary, subject, reset_id)
    await desk.refuses(command, ResetNotFound, "RESET_NOT_FOUND")

    reset_id = await desk.ask(helper, subject, request_id="q2")
    approved = await desk.approve(secretary, subject, reset_id, request_id="p2")
    assert approved.code.expires_at == desk.village.now() + timedelta(hours=24)
    desk.village.now.advance(hours=24)
    complete = desk.village.logins_room.complete_credential_reset
    await desk.refuses(
        complete(approved.reset_code, NEW_PASSWORD), ResetCodeInvalid, "RESET_CODE_INVALID"
    )


async def test_a_repeated_approval_gives_the_same_code(desk: Desk, secretary: Actor) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    reset_id = await desk.ask(helper, subject)
    first = await desk.approve(secretary, subject, reset_id)
    writes = desk.village.writes

    again = await desk.approve(secretary, subject, reset_id)

    assert again.reset_code == first.reset_code
    assert desk.village.writes == writes
    command = desk.approve(secretary, subject, reset_id, request_id="p2")
    await desk.refuses(command, ResetNotFound, "RESET_NOT_FOUND")


async def test_a_request_that_another_took_the_place_of_is_not_approved(
    desk: Desk, secretary: Actor
) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    seen = await desk.ask(helper, subject)
    await desk.ask(helper, subject, request_id="q2", reason="忘记密码")

    command = desk.approve(secretary, subject, seen)
    await desk.refuses(command, ResetNotFound, "RESET_NOT_FOUND")


async def test_there_is_nothing_to_approve_unasked(desk: Desk, secretary: Actor) -> None:
    subject = await desk.colleague("clerk-1")

    command = desk.approve(secretary, subject, "reset_unknown")
    await desk.refuses(command, ResetNotFound, "RESET_NOT_FOUND")


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
async def test_a_reason_is_needed(desk: Desk, secretary: Actor, reason: str) -> None:
    subject = await desk.colleague("clerk-1")

    command = desk.ask(secretary, subject, reason=reason)
    await desk.refuses(command, ReasonInvalid, "REASON_INVALID")


async def test_an_account_without_a_password_has_none_reset(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    invited = await village.invite(secretary, username="clerk-1")
    waiting = actor_of(village.community_id, invited.account.id, Role.CLERK)
    by_wechat = await village.resident()

    for subject in (waiting, by_wechat):
        command = desk.ask(secretary, subject)
        await desk.refuses(command, AccountNotResettable, "ACCOUNT_NOT_RESETTABLE")
    unknown = actor_of(village.community_id, "account_unknown", Role.CLERK)
    await desk.refuses(desk.ask(secretary, unknown), AccountNotFound, "ACCOUNT_NOT_FOUND")


async def test_a_disabled_account_has_no_code_any_more(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    code = await desk.code(helper, secretary, subject)
    await village.residents.disable_staff_account(
        secretary, subject.account_id, request=village.request(secretary, "d1")
    )

    command = village.logins_room.complete_credential_reset(code, NEW_PASSWORD)
    await desk.refuses(command, ResetCodeInvalid, "RESET_CODE_INVALID")


async def test_resets_under_way_are_listed_until_done(desk: Desk, secretary: Actor) -> None:
    helper, subject = await desk.colleague("clerk-1"), await desk.colleague("clerk-2")
    listed = desk.village.logins_room.credential_resets
    code = await desk.code(helper, secretary, subject)
    under_way = await listed(secretary, first=10, after=None)
    await desk.village.logins_room.complete_credential_reset(code, NEW_PASSWORD)
    done = await listed(secretary, first=10, after=None)

    assert [each.id for each in under_way.items] == [subject.account_id]
    assert under_way.items[0].reset_reason == "手机丢失"
    assert list(done.items) == []


async def test_an_operator_resets_where_there_is_nobody_else(desk: Desk, secretary: Actor) -> None:
    village = desk.village
    login_id = derived_id("login", "secretary")

    approved = await village.logins_room.reset_by_operator(login_id, "reset_1")
    done = await village.logins_room.complete_credential_reset(approved.reset_code, NEW_PASSWORD)

    assert done.account.id == secretary.account_id
    assert [(act.actor_account_id, act.action) for act in village.audit.acts] == [
        ("command_line", AuditAction.CREDENTIALS_RESET_APPROVED),
        ("command_line", AuditAction.CREDENTIALS_RESET),
    ]
    command = village.logins_room.reset_by_operator(derived_id("login", "nobody"), "reset_2")
    await desk.refuses(command, AccountNotFound, "ACCOUNT_NOT_FOUND")

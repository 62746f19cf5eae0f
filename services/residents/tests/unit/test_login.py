"""Logging in, and every way of failing to."""

import pytest
from residents.application.create_community import Founded
from residents.domain.errors import AccountLocked, LoginRefused
from residents.domain.naming import folded_username
from residents.domain.roles import Actor, Role

from .office import PASSWORD, Office


async def test_a_login_starts_a_session_whose_token_says_who_it_is(
    office: Office, founded: Founded
) -> None:
    logged_in = await office.log_in("secretary", founded.totp_secret)

    claims = office.tokens.issued[-1]
    assert logged_in.account == founded.account
    assert claims.account.account_id == founded.account.id
    assert claims.account.community_id == founded.community.id
    assert [grant.role for grant in claims.roles] == [Role.SECRETARY]
    assert (claims.expires_at - claims.issued_at).total_seconds() == 600
    assert [session.id for session in office.sessions.all] == [claims.session_id]


async def test_a_username_may_be_typed_in_capitals_or_full_width(
    office: Office, founded: Founded
) -> None:
    assert folded_username(" ＳＥＣＲＥＴＡＲＹ ") == founded.account.username


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("nobody", PASSWORD, "any"),
        ("secretary", "not the password", None),
        ("secretary", PASSWORD, "000000"),
        ("secretary", "not the password", "000000"),
    ],
)
async def test_every_refusal_is_the_same_and_costs_one_hash(
    office: Office, founded: Founded, username: str, password: str, code: str | None
) -> None:
    with pytest.raises(LoginRefused) as refusal:
        await office.log_in(username, founded.totp_secret, password=password, code=code)

    assert str(refusal.value) == str(LoginRefused())
    assert office.passwords.verified == 1
    assert office.sessions.writes == 0
    assert office.attempts.writes == 4  # two counts begun, two counted


async def test_a_code_is_good_once(office: Office, founded: Founded) -> None:
    await office.log_in("secretary", founded.totp_secret)

    with pytest.raises(LoginRefused):
        await office.log_in("secretary", founded.totp_secret)

    assert len(office.sessions.all) == 1
    office.now.advance(seconds=30)
    await office.log_in("secretary", founded.totp_secret)
    assert len(office.sessions.all) == 2


@pytest.mark.parametrize("username", ["secretary", "nobody"])
async def test_five_failures_lock_a_username_whether_anybody_has_it_or_not(
    office: Office, founded: Founded, username: str
) -> None:
    for _ in range(5):
        with pytest.raises(LoginRefused):
            await office.log_in(username, "", password="wrong", code="wrong")

    with pytest.raises(AccountLocked) as locked:
        await office.log_in(username, founded.totp_secret)

    assert (locked.value.locked_until - office.now()).total_seconds() == 15 * 60
    assert office.passwords.verified == 5


async def test_a_lock_ends_after_fifteen_minutes(office: Office, founded: Founded) -> None:
    for _ in range(5):
        with pytest.raises(LoginRefused):
            await office.log_in("secretary", "", password="wrong", code="wrong")

    office.now.advance(minutes=15)

    await office.log_in("secretary", founded.totp_secret)


async def test_the_right_person_starts_counting_anew(office: Office, founded: Founded) -> None:
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(LoginRefused):
                await office.log_in("secretary", "", password="wrong", code="wrong")
        await office.log_in("secretary", founded.totp_secret)
        office.now.advance(seconds=30)


async def test_twenty_failures_lock_an_address_whatever_the_names(
    office: Office, founded: Founded
) -> None:
    for number in range(20):
        with pytest.raises(LoginRefused):
            await office.log_in(f"name{number}", "", password="wrong", code="wrong")

    with pytest.raises(AccountLocked):
        await office.log_in("secretary", founded.totp_secret)

    await office.log_in("secretary", founded.totp_secret, address="10.0.0.2")


async def test_logging_in_does_not_excuse_an_address_that_guesses(
    office: Office, founded: Founded
) -> None:
    for number in range(19):
        with pytest.raises(LoginRefused):
            await office.log_in(f"name{number}", "", password="wrong", code="wrong")
    await office.log_in("secretary", founded.totp_secret)
    with pytest.raises(LoginRefused):
        await office.log_in("name19", "", password="wrong", code="wrong")

    office.now.advance(seconds=30)
    with pytest.raises(AccountLocked):
        await office.log_in("secretary", founded.totp_secret)


async def test_who_is_only_invited_cannot_log_in(office: Office, secretary: Actor) -> None:
    await office.invite(secretary)

    with pytest.raises(LoginRefused):
        await office.log_in("clerk", "SECRET1")

    assert office.sessions.writes == 0


async def test_who_was_disabled_is_refused_like_a_stranger(
    office: Office, secretary: Actor
) -> None:
    clerk, secret = await office.clerk(secretary)
    request = office.request(secretary, "d1")
    await office.residents.disable_staff_account(secretary, clerk.account_id, request=request)

    with pytest.raises(LoginRefused):
        await office.log_in("clerk", secret)

    assert office.sessions.writes == 0


async def test_who_is_disabled_while_logging_in_gets_no_token(
    office: Office, secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, secret = await office.clerk(secretary)
    add = office.sessions.add

    async def add_and_be_overtaken(*args: object, **kwargs: object) -> object:
        stored = await add(*args, **kwargs)  # type: ignore[arg-type]
        request = office.request(secretary, "d1")
        await office.residents.disable_staff_account(secretary, clerk.account_id, request=request)
        return stored

    monkeypatch.setattr(office.sessions, "add", add_and_be_overtaken)

    with pytest.raises(LoginRefused):
        await office.log_in("clerk", secret)

    assert office.tokens.issued == []
    assert office.sessions.all[0].has_ended(office.now())

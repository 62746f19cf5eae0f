"""Credentials of merchants' systems: shown once, good for one merchant, gone with it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from chassis.errors import BadUserInput, Forbidden, RequestIdReused
from residents.application.merchants.issue_token import MOST_STANDING
from residents.domain.attempts import USERNAME_LIMIT
from residents.domain.errors import AccountLocked
from residents.domain.events import SessionRevoked
from residents.domain.merchants.errors import (
    ClientRefused,
    MerchantClientNotFound,
    MerchantNotApproved,
    MerchantNotFound,
    TooManyTokens,
)
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.roles import Role, RoleGrant
from residents.domain.session import Client

from .town import AUDITOR, MERCHANT, OTHER, SCOPED, SECRETARY, STRANGER, Town


async def test_a_client_is_made_for_an_approved_merchant(town: Town) -> None:
    issued = await town.issued()

    assert issued.secret is not None
    assert issued.client.secret_hash != issued.secret
    assert town.clients.all == [issued.client]


async def test_the_secret_is_shown_once(town: Town) -> None:
    first = await town.issued()
    again = await town.issued()

    assert again.client == first.client
    assert again.secret is None
    with pytest.raises(RequestIdReused):
        await town.issued(kind=Client.PORTAL)
    assert town.clients.all == [first.client]


async def test_a_repeat_is_answered_whatever_became_of_the_merchant(town: Town) -> None:
    first = await town.issued()
    await town.tell(sequence=2, is_approved=False)

    again = await town.issued()

    assert (again.client, again.secret) == (first.client, None)


async def test_nobody_has_a_client_of_a_merchant_that_is_not_approved(town: Town) -> None:
    await town.tell(sequence=2, is_approved=False)

    with pytest.raises(MerchantNotApproved):
        await town.issued()
    with pytest.raises(MerchantNotFound):
        await town.issued(merchant_id=OTHER)
    with pytest.raises(MerchantNotFound):
        await town.issued(by=STRANGER)
    assert town.clients.all == []


async def test_only_the_office_makes_clients_and_only_tills_and_portals(town: Town) -> None:
    for actor in (AUDITOR, SCOPED):
        with pytest.raises(Forbidden):
            await town.issued(by=actor)
    with pytest.raises(BadUserInput):
        await town.issued(kind=Client.CONSOLE)
    assert town.clients.all == []


async def test_a_token_acts_as_the_merchant_for_ten_minutes(town: Town) -> None:
    issued = await town.issued(kind=Client.PORTAL)

    token = await town.token(issued.client.id, issued.secret)

    (claims,) = town.tokens.issued
    assert token.lifetime_seconds == 600
    assert claims.account == issued.client.account
    assert claims.roles == (RoleGrant(Role.MERCHANT, (MERCHANT,)),)
    assert claims.client is Client.PORTAL
    assert claims.expires_at - claims.issued_at == timedelta(minutes=10)
    (session,) = town.sessions.all
    assert session.expires_at == claims.expires_at


async def test_a_wrong_secret_costs_as_much_as_an_unknown_client(town: Town) -> None:
    issued = await town.issued()

    for client_id in (issued.client.id, "client_unknown"):
        before = town.passwords.verified
        with pytest.raises(ClientRefused):
            await town.token(client_id, "wrong")
        assert town.passwords.verified == before + 1
    assert town.sessions.all == []


@pytest.mark.parametrize("is_known", [True, False], ids=["a client", "nobody"])
async def test_who_guesses_is_locked_out(town: Town, is_known: bool) -> None:
    issued = await town.issued()
    client_id = issued.client.id if is_known else "client_unknown"
    for _ in range(USERNAME_LIMIT):
        with pytest.raises(ClientRefused):
            await town.token(client_id, "wrong")

    with pytest.raises(AccountLocked):
        await town.token(client_id, issued.secret)
    assert town.sessions.all == []

    town.now.advance(minutes=15)
    if is_known:
        await town.token(client_id, issued.secret)


async def test_the_right_secret_forgets_what_was_mistyped_and_counts_nothing(town: Town) -> None:
    issued = await town.issued()
    for _ in range(2):
        for _ in range(USERNAME_LIMIT - 1):
            with pytest.raises(ClientRefused):
                await town.token(issued.client.id, "wrong")
        await town.token(issued.client.id, issued.secret)

    assert len(town.sessions.all) == 2


async def test_a_client_has_no_more_tokens_at_a_time_than_it_can_use(town: Town) -> None:
    issued = await town.issued()
    for _ in range(MOST_STANDING):
        await town.token(issued.client.id, issued.secret)

    with pytest.raises(TooManyTokens) as refused:
        await town.token(issued.client.id, issued.secret)
    assert len(town.sessions.all) == MOST_STANDING

    town.now.at = refused.value.again_at
    await town.token(issued.client.id, issued.secret)


async def test_a_suspended_merchant_loses_every_session_of_every_client(town: Town) -> None:
    issued = [await town.issued(f"r-{number}") for number in range(3)]
    for each in issued:
        await town.token(each.client.id, each.secret)
    await town.tell(OTHER)
    other = await town.issued("other", merchant_id=OTHER)
    await town.token(other.client.id, other.secret)

    await town.tell(sequence=2, is_approved=False)
    await town.tell(sequence=2, is_approved=False)

    ended = [event for event in town.sessions.events if isinstance(event, SessionRevoked)]
    assert len({event.session_id for event in ended}) == len(town.sessions.events) == 3
    for each in issued:
        with pytest.raises(ClientRefused):
            await town.token(each.client.id, each.secret)
    assert (await town.token(other.client.id, other.secret)).lifetime_seconds == 600


async def test_the_latest_word_counts_in_whatever_order_it_comes(town: Town) -> None:
    issued = await town.issued()
    await town.tell(sequence=3)
    await town.token(issued.client.id, issued.secret)
    await town.tell(sequence=2, is_approved=False)

    await town.token(issued.client.id, issued.secret)
    assert town.sessions.events == []


async def test_who_is_suspended_while_a_token_is_made_does_not_get_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = await town.issued()
    during(town, monkeypatch, lambda: town.tell(sequence=2, is_approved=False))

    with pytest.raises(ClientRefused):
        await town.token(issued.client.id, issued.secret)

    (session,) = town.sessions.all
    assert session.revoked_at is not None
    assert town.tokens.issued == []


async def test_a_revoked_client_gets_nothing_more(town: Town) -> None:
    issued, other = await town.issued(), await town.issued("r-2")
    await town.token(issued.client.id, issued.secret)

    for number in range(2):
        revoked = await town.room.revoke(
            SECRETARY, issued.client.id, request=town.a_request(f"x-{number}")
        )

    assert revoked.revoked_by == SECRETARY.account_id
    assert len(town.sessions.events) == 1
    with pytest.raises(ClientRefused):
        await town.token(issued.client.id, issued.secret)
    await town.token(other.client.id, other.secret)


async def test_a_repeat_ends_the_sessions_that_a_crash_left(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = await town.issued()
    await town.token(issued.client.id, issued.secret)
    with monkeypatch.context() as crashing:
        crashing.setattr(town.sessions, "begun_since", _crash)
        with pytest.raises(ConnectionError):
            await town.room.revoke(SECRETARY, issued.client.id, request=town.a_request())

    await town.room.revoke(SECRETARY, issued.client.id, request=town.a_request())

    assert [session.revoked_at for session in town.sessions.all] == [town.now()]


async def test_another_community_has_no_such_client(town: Town) -> None:
    issued = await town.issued()

    with pytest.raises(MerchantClientNotFound):
        await town.room.revoke(STRANGER, issued.client.id, request=town.a_request())
    assert await town.room.list(STRANGER, MERCHANT, first=5, after=None) is None
    assert town.clients.all == [issued.client]


async def test_the_office_lists_a_merchants_clients_the_newest_first(town: Town) -> None:
    made: list[MerchantClient] = []
    for number in range(3):
        made.insert(0, (await town.issued(f"r-{number}")).client)
        town.now.advance(minutes=1)

    page = await town.room.list(SECRETARY, MERCHANT, first=2, after=None)
    assert page is not None
    rest = await town.room.list(SECRETARY, MERCHANT, first=2, after=page.cursors[-1])

    assert (page.items, page.has_next_page) == (made[:2], True)
    assert rest is not None
    assert (rest.items, rest.has_next_page) == (made[2:], False)
    for actor in (AUDITOR, SCOPED):
        with pytest.raises(Forbidden):
            await town.room.list(actor, MERCHANT, first=2, after=None)


async def _crash(*_: object, **__: object) -> None:
    raise ConnectionError


def during(
    town: Town, monkeypatch: pytest.MonkeyPatch, happen: Callable[[], Awaitable[None]]
) -> None:
    """Let something happen just before a session is written."""
    add = town.sessions.add

    async def adding(*given: object, **named: object) -> object:
        monkeypatch.setattr(town.sessions, "add", add)
        await happen()
        return await add(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(town.sessions, "add", adding)

"""Refreshing a session and ending it."""

import pytest
from chassis.errors import RequestIdReused
from residents.application.create_community import Founded
from residents.domain.errors import SessionEnded, SessionNotFound
from residents.domain.events import SessionRevoked
from residents.domain.roles import Actor, Role

from .office import Office, actor_of


async def test_a_refresh_gives_new_tokens_of_the_same_session(
    office: Office, founded: Founded
) -> None:
    first = await office.log_in("secretary", founded.totp_secret)
    office.now.advance(minutes=9)

    second = await office.residents.refresh_session(first.refresh_token)

    assert second.refresh_token != first.refresh_token
    assert second.expires_at > first.expires_at
    assert {claims.session_id for claims in office.tokens.issued} == {office.sessions.all[0].id}


async def test_a_refresh_token_used_again_ends_the_session_for_everybody(
    office: Office, founded: Founded
) -> None:
    stolen = await office.log_in("secretary", founded.totp_secret)
    current = await office.residents.refresh_session(stolen.refresh_token)

    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(stolen.refresh_token)
    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(current.refresh_token)

    session = office.sessions.all[0]
    assert office.sessions.events == [
        SessionRevoked(session.id, office.now(), founded.community.id)
    ]


@pytest.mark.parametrize(
    "token", ["", "nonsense", "session_x.a.b", "session_3.guess.secret-2", "{session}.guess.guess"]
)
async def test_a_guessed_refresh_token_changes_nothing(
    office: Office, founded: Founded, token: str
) -> None:
    logged_in = await office.log_in("secretary", founded.totp_secret)
    writes = office.writes

    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(token.format(session=office.sessions.all[0].id))

    assert office.writes == writes
    await office.residents.refresh_session(logged_in.refresh_token)


async def test_a_session_ends_after_twelve_hours_and_its_tokens_not_later(
    office: Office, founded: Founded
) -> None:
    logged_in = await office.log_in("secretary", founded.totp_secret)
    session = office.sessions.all[0]
    office.now.advance(hours=11, minutes=55)

    last = await office.residents.refresh_session(logged_in.refresh_token)
    assert last.expires_at == session.expires_at

    office.now.advance(minutes=5)
    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(last.refresh_token)


async def test_a_disabled_account_is_not_refreshed_and_its_session_ends(
    office: Office, secretary: Actor
) -> None:
    clerk, secret = await office.clerk(secretary)
    logged_in = await office.log_in("clerk", secret)
    request = office.request(secretary, "d1")
    await office.residents.disable_staff_account(secretary, clerk.account_id, request=request)

    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(logged_in.refresh_token)

    assert office.sessions.all[0].revoked_at == office.now()


async def test_logging_out_revokes_the_session_once(office: Office, founded: Founded) -> None:
    logged_in = await office.log_in("secretary", founded.totp_secret)
    session = office.sessions.all[0]
    actor = actor_of(
        founded.community.id, founded.account.id, Role.SECRETARY, session_id=session.id
    )

    for _ in range(2):
        await office.residents.log_out(actor, request=office.request(actor, "o1"))

    assert len(office.sessions.events) == 1
    with pytest.raises(SessionEnded):
        await office.residents.refresh_session(logged_in.refresh_token)


async def test_a_secretary_ends_a_clerks_session(office: Office, secretary: Actor) -> None:
    _, secret = await office.clerk(secretary)
    await office.log_in("clerk", secret)
    session = office.sessions.all[0]

    revoked = await office.residents.revoke_session(
        secretary, session.id, request=office.request(secretary, "v1", session_id=session.id)
    )

    assert revoked.revoked_at == office.now()
    assert len(office.sessions.events) == 1


async def test_a_clerk_ends_only_their_own_sessions(
    office: Office, founded: Founded, secretary: Actor
) -> None:
    clerk, secret = await office.clerk(secretary)
    await office.log_in("secretary", founded.totp_secret)
    await office.log_in("clerk", secret)
    secretarys, own = office.sessions.all
    writes = office.writes

    with pytest.raises(SessionNotFound):
        await office.residents.revoke_session(
            clerk, secretarys.id, request=office.request(clerk, "v1")
        )
    assert office.writes == writes

    await office.residents.revoke_session(clerk, own.id, request=office.request(clerk, "v2"))
    assert office.sessions.all[1].revoked_at is not None


async def test_another_communitys_session_is_as_unknown(office: Office, founded: Founded) -> None:
    await office.log_in("secretary", founded.totp_secret)
    stranger = actor_of("community_elsewhere", "account_elsewhere", Role.SECRETARY)
    writes = office.writes

    for session_id in (office.sessions.all[0].id, "session_unknown"):
        with pytest.raises(SessionNotFound):
            await office.residents.revoke_session(
                stranger, session_id, request=office.request(stranger, "v1")
            )

    assert office.writes == writes


async def test_a_request_id_with_another_input_is_refused(
    office: Office, founded: Founded, secretary: Actor
) -> None:
    await office.log_in("secretary", founded.totp_secret)
    session = office.sessions.all[0]
    first = office.request(secretary, "v1", session_id=session.id)
    await office.residents.revoke_session(secretary, session.id, request=first)
    writes = office.writes

    with pytest.raises(RequestIdReused):
        await office.residents.revoke_session(
            secretary, session.id, request=office.request(secretary, "v1", session_id="other")
        )

    assert office.writes == writes


async def test_disabling_an_account_ends_all_its_sessions_by_its_event(
    office: Office, founded: Founded, secretary: Actor
) -> None:
    clerk, secret = await office.clerk(secretary)
    await office.log_in("secretary", founded.totp_secret)
    for _ in range(2):
        await office.log_in("clerk", secret)
        office.now.advance(seconds=30)

    for _ in range(5):
        await office.residents.end_sessions_of_account(clerk.account_id, at=office.now())

    ended = [session for session in office.sessions.all if session.revoked_at]
    assert {session.account.account_id for session in ended} == {clerk.account_id}
    assert len(ended) == len(office.sessions.events) == 2


async def test_revocations_are_listed_for_as_long_as_their_tokens_may_live(
    office: Office, founded: Founded
) -> None:
    await office.log_in("secretary", founded.totp_secret)
    session = office.sessions.all[0]
    actor = actor_of(
        founded.community.id, founded.account.id, Role.SECRETARY, session_id=session.id
    )
    await office.residents.log_out(actor, request=office.request(actor, "o1"))

    revoked, _ = await office.residents.queries.revoked_sessions()
    assert [listed.id for listed in revoked] == [session.id]

    office.now.advance(minutes=10, seconds=1)
    assert await office.residents.queries.revoked_sessions() == ([], office.now())

from datetime import timedelta

import pytest
from chassis.readiness import NotReady
from chassis.testing import FrozenClock
from residents.adapters.memory import MemorySessions
from residents.adapters.stored_revocations import StoredRevocations
from residents.domain.login import AccountRef
from residents.domain.session import Client, Session


def a_session(clock: FrozenClock) -> Session:
    return Session.start(
        "session_1",
        account=AccountRef("community_1", "account_1"),
        client=Client.CONSOLE,
        session_secret="one",
        refresh_secret="two",
        at=clock(),
    )


async def test_a_session_ended_in_the_store_is_known_without_a_broker() -> None:
    clock = FrozenClock()
    sessions = MemorySessions()
    known = StoredRevocations(sessions, now=clock)
    with pytest.raises(NotReady):
        await known.ready()
    session = await sessions.add(a_session(clock))
    await known.read()
    await known.ready()
    assert not known.is_revoked(session.id)

    await sessions.change("", session.id, lambda standing: standing.revoke(clock()))
    await known.read()

    assert known.is_revoked(session.id)


async def test_a_session_ended_long_ago_is_forgotten() -> None:
    clock = FrozenClock()
    sessions = MemorySessions()
    known = StoredRevocations(sessions, now=clock)
    session = await sessions.add(a_session(clock))
    await sessions.change("", session.id, lambda standing: standing.revoke(clock()))
    await known.read()
    clock.at += timedelta(minutes=11)
    known.forget()

    await known.read()

    assert not known.is_revoked(session.id)

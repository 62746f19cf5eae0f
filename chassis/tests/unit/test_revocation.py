"""Ended sessions are remembered as long as their tokens could live."""

from chassis.revocation import RevokedSessions
from chassis.testing import FrozenClock


def test_an_ended_session_is_known_and_forgotten_after_the_longest_token() -> None:
    clock = FrozenClock()
    revoked = RevokedSessions(now=clock)
    revoked.revoke("session_1", clock())
    clock.advance(seconds=599)
    revoked.forget()
    assert revoked.is_revoked("session_1")
    assert not revoked.is_revoked("session_2")
    clock.advance(seconds=2)
    revoked.revoke("session_2", clock())
    assert not revoked.is_revoked("session_1")
    assert len(revoked) == 1


def test_one_that_ended_long_ago_is_not_kept() -> None:
    clock = FrozenClock()
    revoked = RevokedSessions(now=clock)
    ended = clock()
    clock.advance(hours=1)
    revoked.revoke("session_1", ended)
    assert len(revoked) == 0

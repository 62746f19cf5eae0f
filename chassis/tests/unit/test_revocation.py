"""Ended sessions are remembered as long as their tokens could live."""

import pytest
from chassis.errors import Unauthenticated
from chassis.revocation import LONGEST_TOKEN_LIFE, RevokedSessions
from chassis.testing import FrozenClock
from chassis.testing_tokens import TokenMint


def test_an_ended_session_is_known_and_forgotten_after_the_longest_token() -> None:
    clock = FrozenClock()
    revoked = RevokedSessions(now=clock)
    revoked.revoke("session_1", clock())
    clock.advance(seconds=604)
    revoked.forget()
    assert revoked.is_revoked("session_1")
    assert not revoked.is_revoked("session_2")
    clock.advance(seconds=1)
    revoked.revoke("session_2", clock())
    assert not revoked.is_revoked("session_1")
    assert len(revoked) == 1


async def test_a_forgotten_sessions_last_token_is_believed_by_nobody(
    clock: FrozenClock, mint: TokenMint
) -> None:
    token = mint.token(session_id="session_1", life=LONGEST_TOKEN_LIFE)
    mint.revoked.revoke("session_1", clock())
    while mint.revoked.is_revoked("session_1"):
        clock.advance(seconds=1)
        mint.revoked.forget()
    with pytest.raises(Unauthenticated):
        await mint.verifier().verify(token)


def test_one_that_ended_long_ago_is_not_kept() -> None:
    clock = FrozenClock()
    revoked = RevokedSessions(now=clock)
    ended = clock()
    clock.advance(hours=1)
    revoked.revoke("session_1", ended)
    assert len(revoked) == 0

"""The keys as a running api has them."""

import secrets
from unittest.mock import AsyncMock, Mock

import pytest
from chassis.encryption import SecretBox, WrappingKeys
from chassis.errors import StoreUnavailable
from chassis.identity import TokenVerifier
from chassis.testing import FrozenClock
from chassis.testing_tokens import AUDIENCE, ISSUER, TokenMint
from joserfc import jwt
from residents.adapters.ed25519_key_pairs import Ed25519KeyPairs
from residents.adapters.key_ring import KeyRing
from residents.adapters.memory import MemorySigningKeySets
from residents.application.rotate_signing_key import EnsureSigningKeys, RotateSigningKey


class Keys:
    """Signing keys in memory, and a ring over them."""

    def __init__(self) -> None:
        self.now = FrozenClock()
        self.pairs = Ed25519KeyPairs(SecretBox(WrappingKeys({"w": secrets.token_bytes(32)})))
        sets = MemorySigningKeySets()
        self.ensure = EnsureSigningKeys(sets, self.pairs, "keys_1", self.now)
        self.rotate = RotateSigningKey(sets, self.pairs, self.ensure, self.now)
        self.ring = KeyRing(self.ensure, now=self.now)


@pytest.fixture
def keys() -> Keys:
    return Keys()


async def test_a_key_stays_the_same_object_however_often_it_is_asked_for(keys: Keys) -> None:
    kid = (await keys.ring.keys()).active.id
    first = await keys.ring.key(kid)
    keys.now.advance(seconds=30)

    assert first is not None
    assert await keys.ring.key(kid) is first


async def test_a_signature_is_checked_once(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    active = (await keys.ring.keys()).active
    mint = TokenMint(keys.now, kid=active.id)
    mint.private_key = keys.pairs.open(active)
    verifier = TokenVerifier(keys.ring, issuer=ISSUER, audience=AUDIENCE, now=keys.now)
    token = mint.token("clerk")
    checking = Mock(wraps=jwt.decode)
    monkeypatch.setattr(jwt, "decode", checking)

    for _ in range(3):
        await verifier.verify(token)

    assert checking.call_count == 1


async def test_a_key_whose_tokens_are_dead_is_known_no_more(keys: Keys) -> None:
    kid = (await keys.ring.keys()).active.id
    assert await keys.ring.key(kid)
    keys.now.advance(hours=1)
    await keys.rotate()
    await keys.ring.read_again()
    keys.now.advance(minutes=11)
    assert await keys.ring.key(kid)
    keys.now.advance(minutes=2)

    assert await keys.ring.key(kid) is None


async def test_whoever_asks_does_not_wait_for_a_store_that_is_away(keys: Keys) -> None:
    known = await keys.ring.keys()
    keys.ensure.key_sets.get = AsyncMock(side_effect=StoreUnavailable)  # type: ignore[method-assign]
    keys.now.advance(minutes=1)

    assert await keys.ring.keys() is known
    await keys.ring.read_again()
    assert await keys.ring.keys() is known

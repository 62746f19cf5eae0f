"""Rotation of the keys that sign tokens."""

from datetime import datetime

import msgspec
import pytest
from chassis.testing import FrozenClock
from residents.domain.errors import NextKeyTooYoung
from residents.domain.signing_keys import SigningKey, SigningKeys, SigningKeyState


def _key(name: str) -> SigningKey:
    return SigningKey(id=name, public_key=f"public {name}", sealed_private_key=b"sealed")


def _first(at: datetime) -> SigningKeys:
    return SigningKeys.first("keys", _key("one"), _key("two"), at)


def _names(keys: tuple[SigningKey, ...]) -> list[str]:
    return [key.id for key in keys]


def test_the_first_set_signs_with_one_and_announces_the_next() -> None:
    keys = _first(FrozenClock()())

    assert keys.active.id == "one"
    assert _names(keys.recognised(FrozenClock()())) == ["one", "two"]


def test_rotation_lets_the_announced_key_sign_and_keeps_the_old_until_its_tokens_are_dead() -> None:
    now = FrozenClock()
    keys, _ = _first(now()).rotate(_key("three"), now.advance(hours=1))

    assert keys.active.id == "two"
    now.advance(minutes=10)
    assert _names(keys.recognised(now())) == ["one", "two", "three"]
    now.advance(minutes=2)
    assert _names(keys.recognised(now())) == ["two", "three"]


def test_rotation_drops_what_nobody_can_meet_any_more() -> None:
    now = FrozenClock()
    keys, _ = _first(now()).rotate(_key("three"), now.advance(hours=1))
    keys, _ = keys.rotate(_key("four"), now.advance(hours=1))

    assert _names(keys.keys) == ["two", "three", "four"]
    assert [key.state for key in keys.keys] == list(reversed(SigningKeyState))


def test_a_repeated_rotation_changes_nothing() -> None:
    now = FrozenClock()
    keys, _ = _first(now()).rotate(_key("three"), now.advance(hours=1))

    assert keys.rotate(_key("three"), now()) == (keys, ())


def test_a_key_that_some_verifier_may_not_know_does_not_sign() -> None:
    now = FrozenClock()
    keys, _ = _first(now()).rotate(_key("three"), now.advance(hours=1))
    now.advance(minutes=6, seconds=59)

    with pytest.raises(NextKeyTooYoung) as refused:
        keys.rotate(_key("four"), now())

    assert refused.value.known_at == now.advance(seconds=1)
    assert keys.rotate(_key("four"), now())[0].active.id == "three"


def test_a_rotation_can_be_forced() -> None:
    now = FrozenClock()

    assert _first(now()).rotate(_key("three"), now(), force=True)[0].active.id == "two"


def test_a_key_of_before_its_age_was_noted_may_sign() -> None:
    now = FrozenClock()
    noted = _first(now())
    unknown = tuple(msgspec.structs.replace(key, created_at=None) for key in noted.keys)
    keys = msgspec.structs.replace(noted, keys=unknown)

    assert keys.rotate(_key("three"), now())[0].active.id == "two"

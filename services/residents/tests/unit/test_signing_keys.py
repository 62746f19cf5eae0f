"""Rotation of the keys that sign tokens."""

from chassis.testing import FrozenClock
from residents.domain.signing_keys import SigningKey, SigningKeys, SigningKeyState


def _key(name: str) -> SigningKey:
    return SigningKey(id=name, public_key=f"public {name}", sealed_private_key=b"sealed")


def _names(keys: tuple[SigningKey, ...]) -> list[str]:
    return [key.id for key in keys]


def test_the_first_set_signs_with_one_and_announces_the_next() -> None:
    keys = SigningKeys.first("keys", _key("one"), _key("two"))

    assert keys.active.id == "one"
    assert _names(keys.recognised(FrozenClock()())) == ["one", "two"]


def test_rotation_lets_the_announced_key_sign_and_keeps_the_old_until_its_tokens_are_dead() -> None:
    now = FrozenClock()
    keys, _ = SigningKeys.first("keys", _key("one"), _key("two")).rotate(_key("three"), now())

    assert keys.active.id == "two"
    now.advance(minutes=10)
    assert _names(keys.recognised(now())) == ["one", "two", "three"]
    now.advance(minutes=2)
    assert _names(keys.recognised(now())) == ["two", "three"]


def test_rotation_drops_what_nobody_can_meet_any_more() -> None:
    now = FrozenClock()
    keys, _ = SigningKeys.first("keys", _key("one"), _key("two")).rotate(_key("three"), now())
    keys, _ = keys.rotate(_key("four"), now.advance(hours=1))

    assert _names(keys.keys) == ["two", "three", "four"]
    assert [key.state for key in keys.keys] == list(reversed(SigningKeyState))


def test_a_repeated_rotation_changes_nothing() -> None:
    now = FrozenClock()
    keys, _ = SigningKeys.first("keys", _key("one"), _key("two")).rotate(_key("three"), now())

    assert keys.rotate(_key("three"), now()) == (keys, ())

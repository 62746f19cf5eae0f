"""What is locked opens with the right key in the right place, and nowhere else."""

import base64

import pytest
from chassis.encryption import (
    CannotDecrypt,
    FieldCipher,
    LookupHash,
    SecretBox,
    UnknownWrappingKey,
    WrappingKeys,
)
from hypothesis import given
from hypothesis import strategies as st

OLD, NEW, DATA = b"o" * 32, b"n" * 32, b"d" * 32
PLACE = b"text\x00person_1"


def _text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_a_field_comes_back_from_its_place(clear: bytes, place: bytes) -> None:
    cipher = FieldCipher(DATA)
    locked = cipher.encrypt(clear, place)
    assert cipher.decrypt(locked, place) == clear
    assert len(locked) == len(clear) + 29
    with pytest.raises(CannotDecrypt):
        cipher.decrypt(locked, place + b"x")


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_changed_bit_is_noticed(clear: bytes, data: st.DataObject) -> None:
    cipher = FieldCipher(DATA)
    locked = bytearray(cipher.encrypt(clear, PLACE))
    locked[data.draw(st.integers(0, len(locked) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotDecrypt):
        cipher.decrypt(bytes(locked), PLACE)


def test_the_same_text_is_never_locked_alike() -> None:
    cipher = FieldCipher(DATA)
    assert cipher.encrypt(b"x", PLACE) != cipher.encrypt(b"x", PLACE)


@pytest.mark.parametrize("locked", [b"", b"\x01", b"\x01short", b"\x02" + b"0" * 40])
def test_what_is_too_short_or_strange_cannot_be_decrypted(locked: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        FieldCipher(DATA).decrypt(locked, PLACE)


def test_a_key_wrapped_before_a_rotation_is_unwrapped_after_it() -> None:
    key_id, wrapped = WrappingKeys({"old": OLD}).wrap(DATA)
    after = WrappingKeys.parse(f"new:{_text(NEW)}, old:{_text(OLD)}")
    assert after.current_id == "new"
    assert after.unwrap(key_id, wrapped) == DATA
    assert after.wrap(DATA)[0] == "new"


def test_a_key_that_is_gone_is_named() -> None:
    key_id, wrapped = WrappingKeys({"old": OLD}).wrap(DATA)
    with pytest.raises(UnknownWrappingKey, match="old"):
        WrappingKeys({"new": NEW}).unwrap(key_id, wrapped)
    with pytest.raises(CannotDecrypt):
        WrappingKeys({"old": NEW}).unwrap(key_id, wrapped)


@pytest.mark.parametrize(
    "text",
    ["", "nokey", "a:", "a:!!!", f"a:{_text(b'short')}", f"a b:{_text(OLD)}",
     f"a:{_text(OLD)},a:{_text(NEW)}"],
)  # fmt: skip
def test_bad_wrapping_keys_are_refused_without_showing_them(text: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        WrappingKeys.parse(text)
    assert _text(OLD) not in str(refused.value)


def test_keys_do_not_show_themselves() -> None:
    assert repr(WrappingKeys({"a": OLD})) == "WrappingKeys(a)"
    assert repr(LookupHash(OLD)) == "LookupHash(…)"


@given(st.binary(max_size=100), st.text(min_size=1, max_size=20))
def test_a_secret_opens_under_its_name_only(secret: bytes, name: str) -> None:
    box = SecretBox(WrappingKeys({"a": OLD}))
    sealed = box.seal(name, secret)
    assert box.open(name, sealed) == secret
    with pytest.raises(CannotDecrypt):
        box.open(name + "x", sealed)


def test_a_secret_survives_a_rotation_and_can_be_sealed_again() -> None:
    sealed = SecretBox(WrappingKeys({"old": OLD})).seal("totp", b"secret")
    box = SecretBox(WrappingKeys({"new": NEW, "old": OLD}))
    assert box.open("totp", sealed) == b"secret"
    assert not box.is_current(sealed)
    assert box.is_current(box.seal("totp", box.open("totp", sealed)))


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises((CannotDecrypt, UnknownWrappingKey)):
        SecretBox(WrappingKeys({"a": OLD})).open("totp", sealed)


def test_equal_values_hash_alike_only_under_one_name_and_key() -> None:
    lookup = LookupHash(OLD)
    assert lookup("phone", "13800001111") == lookup("phone", "13800001111")
    assert lookup("phone", "1") != lookup("name", "1")
    assert lookup("ab", "c") != lookup("a", "bc")
    assert lookup("phone", "1") != LookupHash(NEW)("phone", "1")
    assert len(lookup("phone", "1")) == 64


def test_a_short_hash_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        LookupHash.parse(_text(b"short"))

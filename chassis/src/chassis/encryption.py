"""Keys and what they lock: the wrapping keys, secrets of the service itself, keyed hashes."""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"\x01"
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")


class CannotDecrypt(Exception):
    """The value was changed, belongs to another field or was locked with another key."""


class UnknownWrappingKey(Exception):
    """The key that wrapped this is no longer in KEY_WRAPPING_KEYS."""


class WrappingKeys:
    """The keys that wrap other keys, by id; the first is current, the others only unwrap."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise ValueError("at least one key is needed")
        for key_id, key in keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise ValueError("a key id is 1 to 40 letters, digits, dots, dashes")
            if len(key) != KEY_BYTES:
                raise ValueError(f"key {key_id} must be {KEY_BYTES} bytes")
        self._keys = dict(keys)
        self.current_id = next(iter(keys))

    @classmethod
    def parse(cls, text: str) -> "WrappingKeys":
        """Read "id:base64url,id2:base64url", each key 32 bytes.

        Raises: ValueError, never with a key in its text.
        """
        keys: dict[str, bytes] = {}
        for part in text.split(","):
            key_id, colon, encoded = part.strip().partition(":")
            if not colon:
                raise ValueError('must look like "id:base64url,id2:base64url"')
            if key_id in keys:
                raise ValueError(f"key id {key_id} comes twice")
            keys[key_id] = _from_base64url(encoded)
        return cls(keys)

    def __repr__(self) -> str:
        return f"WrappingKeys({', '.join(self._keys)})"

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        """Wrap a key under the current one (RFC 3394). Returns: (wrapping key id, wrapped key)."""
        return self.current_id, aes_key_wrap(self._keys[self.current_id], key)

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Undo `wrap`.

        Raises: UnknownWrappingKey; CannotDecrypt.
        """
        try:
            return aes_key_unwrap(self._key(key_id), wrapped)
        except InvalidUnwrap as error:
            raise CannotDecrypt(f"a key wrapped by {key_id}") from error

    def cipher(self, key_id: str) -> "FieldCipher":
        """Encrypt directly under a wrapping key, for few and small secrets."""
        return FieldCipher(self._key(key_id))

    def _key(self, key_id: str) -> bytes:
        try:
            return self._keys[key_id]
        except KeyError:
            raise UnknownWrappingKey(key_id) from None


class FieldCipher:
    """AES-256-GCM under one key; what is encrypted is bound to its place by associated data.

    Synchronous on purpose: a field costs about 1 µs, unwrapping a person's key 2 µs.
    """

    __slots__ = ("_aead", "_nonce")

    def __init__(self, key: bytes, nonce: Callable[[int], bytes] = os.urandom) -> None:
        self._aead = AESGCM(key)
        self._nonce = nonce

    def encrypt(self, clear: bytes, place: bytes) -> bytes:
        """Encrypt; the result is 29 bytes longer: format, nonce, tag."""
        nonce = self._nonce(NONCE_BYTES)
        return _FORMAT + nonce + self._aead.encrypt(nonce, clear, place)

    def decrypt(self, encrypted: bytes, place: bytes) -> bytes:
        """Decrypt what was encrypted for the same place.

        Raises: CannotDecrypt.
        """
        if encrypted[:1] != _FORMAT:
            raise CannotDecrypt("unknown format")
        nonce, rest = encrypted[1 : 1 + NONCE_BYTES], encrypted[1 + NONCE_BYTES :]
        try:
            return self._aead.decrypt(nonce, rest, place)
        except (InvalidTag, ValueError) as error:
            raise CannotDecrypt from error


class SecretBox:
    """Secrets of the service itself, such as a signing key, locked under the wrapping key."""

    def __init__(self, keys: WrappingKeys) -> None:
        self._keys = keys

    def seal(self, name: str, secret: bytes) -> bytes:
        """Lock a secret for the place called `name`, e.g. "channel.app_secret"."""
        key_id = self._keys.current_id
        prefix = key_id.encode()
        return (
            bytes([len(prefix)]) + prefix + self._keys.cipher(key_id).encrypt(secret, _place(name))
        )

    def open(self, name: str, sealed: bytes) -> bytes:
        """Unlock what was sealed under the same name.

        Raises: CannotDecrypt; UnknownWrappingKey.
        """
        key_id, encrypted = _split(sealed)
        return self._keys.cipher(key_id).decrypt(encrypted, _place(name))

    def is_current(self, sealed: bytes) -> bool:
        """Whether the current wrapping key locks this; if not, open it and seal it again."""
        return _split(sealed)[0] == self._keys.current_id


class LookupHash:
    """A keyed hash (HMAC-SHA-256) by which an encrypted value can be found, but not guessed."""

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise ValueError(f"must be at least {KEY_BYTES} bytes, base64url")
        self._key = key

    @classmethod
    def parse(cls, text: str) -> "LookupHash":
        """Read a base64url key. Raises: ValueError, never with the key in its text."""
        return cls(_from_base64url(text))

    def __call__(self, name: str, value: str) -> str:
        """Hash a value of the kind `name`; equal values of different kinds differ. Returns: hex."""
        message = len(name.encode()).to_bytes(2, "big") + name.encode() + value.encode()
        return hmac.digest(self._key, message, "sha256").hex()

    def __repr__(self) -> str:
        return "LookupHash(…)"


def _place(name: str) -> bytes:
    return b"secret\x00" + name.encode()


def _split(sealed: bytes) -> tuple[str, bytes]:
    if not sealed or len(sealed) < 1 + sealed[0]:
        raise CannotDecrypt("too short")
    end = 1 + sealed[0]
    try:
        return sealed[1:end].decode("ascii"), sealed[end:]
    except UnicodeDecodeError as error:
        raise CannotDecrypt("no key id") from error


def _from_base64url(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64url") from None

"""Identifiers: a TypeID is a prefix and a UUID, the same in store, events, logs and graph."""

import hashlib

from typeid import TypeID
from uuid_utils import UUID

_UUID_VERSION_BITS = 0x8 << 76
_UUID_VERSION_MASK = 0xF << 76
_UUID_VARIANT_BITS = 0x2 << 62
_UUID_VARIANT_MASK = 0x3 << 62


def new_id(prefix: str) -> str:
    """Mint an identifier that nobody can derive again: a UUIDv7."""
    return str(TypeID(prefix))


def derived_id(prefix: str, *parts: str) -> str:
    """Derive the one identifier that belongs to these parts: a UUIDv8 of their SHA-256.

    The same parts give the same identifier in every process, so whatever is created under it
    is created once. Parts are length-prefixed: ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256(prefix.encode())
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big"))
        digest.update(encoded)
    number = int.from_bytes(digest.digest()[:16], "big")
    number = number & ~_UUID_VERSION_MASK | _UUID_VERSION_BITS
    number = number & ~_UUID_VARIANT_MASK | _UUID_VARIANT_BITS
    return str(TypeID.from_uuid(UUID(int=number), prefix=prefix))

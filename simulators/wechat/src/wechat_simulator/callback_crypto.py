"""Secure mode of WeChat's callbacks: signature and AES encryption.

The key is the 43 characters of EncodingAESKey, base64 without its last "=". The plaintext is 16
random bytes, the length of the message in 4 bytes (network order), the message and the app id,
padded as PKCS#7 to blocks of 32 bytes, encrypted in CBC mode with the first 16 bytes of the key
as the initial vector.
"""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_RANDOM_BYTES = 16
_BLOCK_BYTES = 32


class NotForThisAccount(Exception):
    """The text was not encrypted with this account's key and app id, or not at all."""


def signature(*parts: str) -> str:
    """Return SHA-1 over the parts in sorted order, in hexadecimal."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def encrypt(message: str, *, encoding_aes_key: str, app_id: str, random: bytes) -> str:
    """Return the message encrypted, base64. `random` is 16 bytes."""
    if len(random) != _RANDOM_BYTES:
        raise ValueError(f"{_RANDOM_BYTES} random bytes are needed, not {len(random)}")
    text = message.encode()
    plain = random + struct.pack("!I", len(text)) + text + app_id.encode()
    padding = _BLOCK_BYTES - len(plain) % _BLOCK_BYTES
    encryptor = _cipher(encoding_aes_key).encryptor()
    encrypted = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(encrypted).decode()


def decrypt(encrypted: str, *, encoding_aes_key: str, app_id: str) -> str:
    """Return the message. Raises: NotForThisAccount."""
    try:
        decryptor = _cipher(encoding_aes_key).decryptor()
        padded = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
        plain = padded[_RANDOM_BYTES : len(padded) - padded[-1]]
        (length,) = struct.unpack("!I", plain[:4])
        message, sent_to = plain[4 : 4 + length].decode(), plain[4 + length :].decode()
    except (ValueError, IndexError, struct.error) as error:
        raise NotForThisAccount("the text cannot be decrypted") from error
    if not hmac.compare_digest(sent_to.encode(), app_id.encode()):
        raise NotForThisAccount(f"the text is for {sent_to}")
    return message


def _cipher(encoding_aes_key: str) -> Cipher[CBC]:
    key = base64.b64decode(encoding_aes_key + "=")
    return Cipher(AES(key), CBC(key[:16]))

"""WeChat's message signature and AES secure mode.

The key is 32 bytes, base64 without its last "="; AES-CBC with the key's first 16 bytes as IV;
PKCS#7 padding to blocks of 32; inside are 16 random bytes, the length of the message in four
bytes, the message, and the appid it is meant for.

Source: developers.weixin.qq.com, 消息加解密说明; the tests use the vectors published there.
"""

import base64
import binascii
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BYTES = 32
_RANDOM_BYTES = 16
_LENGTH_BYTES = 4


class CannotOpen(Exception):
    """The ciphertext was not made with this key for this account."""


def is_signed(signature: str, *parts: str) -> bool:
    """Whether the signature is that of these parts (token, timestamp, nonce, …), in any order."""
    expected = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's
    return hmac.compare_digest(expected.encode(), signature.encode())


def decrypt(encrypted: str, *, encoding_aes_key: str, app_id: str) -> bytes:
    """Open a message.

    Args:
        encrypted: base64, as in `<Encrypt>`.
        encoding_aes_key: 43 characters.
    Raises: CannotOpen.
    """
    key = base64.b64decode(encoding_aes_key + "=")
    try:
        ciphertext = base64.b64decode(encrypted, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        padded = decryptor.update(ciphertext) + decryptor.finalize()
    except (binascii.Error, ValueError) as error:
        raise CannotOpen from error
    content = _unpadded(padded)[_RANDOM_BYTES:]
    length = int.from_bytes(content[:_LENGTH_BYTES], "big")
    message = content[_LENGTH_BYTES : _LENGTH_BYTES + length]
    meant_for = content[_LENGTH_BYTES + length :]
    if len(message) != length or not hmac.compare_digest(meant_for, app_id.encode()):
        raise CannotOpen
    return message


def _unpadded(padded: bytes) -> bytes:
    count = padded[-1] if padded else 0
    if not 1 <= count <= BLOCK_BYTES or padded[-count:] != bytes([count]) * count:
        raise CannotOpen
    return padded[:-count]

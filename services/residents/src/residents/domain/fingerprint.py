"""How a secret that is long and random is remembered: by its hash."""

import hashlib
import hmac


def fingerprint(secret: str) -> str:
    """The SHA-256 of a random secret; a password is not one and needs a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, remembered: str) -> bool:
    """Whether this is the secret, compared in constant time."""
    return hmac.compare_digest(fingerprint(secret), remembered)

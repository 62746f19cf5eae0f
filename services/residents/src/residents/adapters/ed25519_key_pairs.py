"""Ed25519 key pairs, their private parts sealed from the start."""

from collections.abc import Mapping
from typing import Any

from chassis.encryption import SecretBox
from chassis.ids import new_id
from chassis.rewrapping import SealedSecrets, Secret
from joserfc.jwk import OKPKey

from residents.domain.signing_keys import SigningKey


class Ed25519KeyPairs:
    """Makes key pairs, and opens them for whoever signs."""

    def __init__(self, box: SecretBox) -> None:
        self._box = box

    def new(self) -> SigningKey:
        """See `SigningKeyPairs.new`."""
        key_id = new_id("key")
        jwk = OKPKey.generate_key("Ed25519").as_dict(private=True)
        private = str(jwk["d"]).encode()
        return SigningKey(
            id=key_id,
            public_key=str(jwk["x"]),
            sealed_private_key=self._box.seal(_place(key_id), private),
        )

    def open(self, key: SigningKey) -> OKPKey:
        """The key, able to sign."""
        private = self._box.open(_place(key.id), key.sealed_private_key).decode()
        return OKPKey.import_key({**public_jwk(key), "d": private})


def public_jwk(key: SigningKey) -> dict[str, str]:
    """What the whole world may know of a key (RFC 8037, RFC 9864)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "Ed25519",
        "use": "sig",
        "kid": key.id,
        "x": key.public_key,
    }


def _place(key_id: str) -> str:
    return f"signing_key.{key_id}"


def _private_keys(keys: Mapping[str, Any]) -> list[Secret]:
    return [
        Secret(f"keys.{at}.sealed_private_key", _place(key["id"]), key["sealed_private_key"])
        for at, key in enumerate(keys["keys"])
    ]


PRIVATE_KEYS = SealedSecrets("signing_keys", _private_keys)

"""Tokens as a stranger would forge them, from one that is good.

Some are signed with the issuer's own key, which no stranger has: what such a token says must be
looked at besides its signature.
"""

import base64
import hmac
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey

_HOUR_SECONDS = 3_600
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NESTED = b'{"a":' * 1_000 + b"1" + b"}" * 1_000
Claims = dict[str, Any]


@dataclass(frozen=True)
class Genuine:
    """A good token taken apart.

    Attributes:
        kid: of the key that signs.
        key: the issuer's private key.
        claims: of somebody whose session stands.
        now: seconds since 1970.
    """

    kid: str
    key: OKPKey
    claims: Mapping[str, Any]
    now: int

    def signed(self, **changed: Any) -> str:
        """Sign other claims with the issuer's key; None leaves a claim out."""
        claims = {**self.claims, **changed}
        return _signed(
            {"alg": "Ed25519", "kid": self.kid},
            {name: value for name, value in claims.items() if value is not None},
            self.key,
        )


@dataclass(frozen=True)
class Forgery:
    """What is sent as `Authorization`, each value a header of its own."""

    name: str
    authorization: tuple[str, ...]

    @classmethod
    def bearer(cls, name: str, token: str) -> "Forgery":
        """One header with a bearer token."""
        return cls(name, (f"Bearer {token}",))


def forgeries(genuine: Genuine, draw: random.Random, *, spoiled: int) -> list[Forgery]:
    """Make one of each kind.

    Args:
        spoiled: how many copies with one character changed, drawn.
    """
    made = [
        *_wrong_times(genuine),
        *_wrong_names(genuine),
        *_wrong_shapes(genuine),
        *_wrong_keys(genuine),
        *_wrong_algorithms(genuine),
        *_broken(genuine),
        *_enormous(genuine),
        *_wrong_headers(genuine),
    ]
    return [*made, *_spoiled(genuine.signed(), draw, spoiled)]


def _wrong_times(genuine: Genuine) -> Iterator[Forgery]:
    now = genuine.now
    times: dict[str, Claims] = {
        "expired an hour ago": {"iat": now - 2 * _HOUR_SECONDS, "exp": now - _HOUR_SECONDS},
        "expired ten seconds ago": {"iat": now - 600, "exp": now - 10},
        "expired before it was issued": {"iat": now, "exp": now - 60},
        "not yet valid": {"nbf": now + _HOUR_SECONDS},
        "issued tomorrow": {"iat": now + 24 * _HOUR_SECONDS, "exp": now + 25 * _HOUR_SECONDS},
        "without an end": {"exp": None},
        "its end a text": {"exp": str(now + 60)},
        "its end infinite": {"exp": 10**400},
        "its end no number": {"exp": [now + 60]},
    }
    for name, claims in times.items():
        yield Forgery.bearer(name, genuine.signed(**claims))


def _wrong_names(genuine: Genuine) -> Iterator[Forgery]:
    names: dict[str, Claims] = {
        "another audience": {"aud": "linli-portal"},
        "several other audiences": {"aud": ["a", "b"]},
        "no audience": {"aud": None},
        "an empty audience": {"aud": []},
        "another issuer": {"iss": "https://issuer.example"},
        "no issuer": {"iss": None},
        "the issuer's name and more": {"iss": f"{genuine.claims['iss']}.example"},
    }
    for name, claims in names.items():
        yield Forgery.bearer(name, genuine.signed(**claims))


def _wrong_shapes(genuine: Genuine) -> Iterator[Forgery]:
    shapes: dict[str, Claims] = {
        "nobody": {"sub": None},
        "no session": {"sid": None},
        "no community": {"community": None},
        "a community that is a list": {"community": [genuine.claims["community"]]},
        "a subject that is a number": {"sub": 1},
        "a session that is a condition": {"sid": {"$ne": ""}},
    }
    for name, claims in shapes.items():
        yield Forgery.bearer(name, genuine.signed(**claims))


def _wrong_keys(genuine: Genuine) -> Iterator[Forgery]:
    stranger = OKPKey.generate_key("Ed25519", private=True)
    public = {"jwk": stranger.as_dict(private=False)}
    headers: dict[str, dict[str, Any]] = {
        "a stranger's key": {"kid": genuine.kid},
        "a stranger's key and its own id": {"kid": "stranger"},
        "a stranger's key without an id": {},
        "a key id that is a path": {"kid": "../../../../dev/null"},
        "a stranger's key brought along": {"kid": genuine.kid, **public},
        "a stranger's key to be fetched": {"kid": "x", "jku": "http://127.0.0.1:9/jwks.json"},
        "a certificate to be fetched": {"kid": "x", "x5u": "http://127.0.0.1:9/x.pem"},
    }
    for name, header in headers.items():
        token = _signed({"alg": "Ed25519", **header}, dict(genuine.claims), stranger)
        yield Forgery.bearer(name, token)
    unknown = {"alg": "Ed25519", "kid": "signing_unknown"}
    own = _signed(unknown, dict(genuine.claims), genuine.key)
    yield Forgery.bearer("the right key by an unknown id", own)
    for name, kid in {"a number": 7, "a list": [genuine.kid], "nothing": None}.items():
        head = _encoded({"alg": "Ed25519", "kid": kid})
        rest = genuine.signed().split(".", 1)[1]
        yield Forgery.bearer(f"a key id that is {name}", f"{head}.{rest}")


def _wrong_algorithms(genuine: Genuine) -> Iterator[Forgery]:
    body = _encoded(dict(genuine.claims))
    signature = genuine.signed().rpartition(".")[2]
    for algorithm in ("none", "None", "NONE", "nOnE", ""):
        head = _encoded({"alg": algorithm, "kid": genuine.kid})
        yield Forgery.bearer(f"alg {algorithm!r}, unsigned", f"{head}.{body}.")
        yield Forgery.bearer(f"alg {algorithm!r}, signed", f"{head}.{body}.{signature}")
    public = genuine.key.as_dict(private=False)
    secrets: dict[str, bytes] = {
        "the public key's bytes": base64.urlsafe_b64decode(str(public["x"]) + "=="),
        "the public key's text": str(public["x"]).encode(),
        "the public key as JWK": json.dumps(public).encode(),
        "the public key as PEM": genuine.key.as_pem(private=False),
    }
    header = {"kid": genuine.kid}
    for name, secret in secrets.items():
        signed = f"{_encoded({'alg': 'HS256', **header})}.{body}"
        forged = _base64(hmac.digest(secret, signed.encode(), "sha256"))
        yield Forgery.bearer(f"HS256 with {name}", f"{signed}.{forged}")
    curve = ECKey.generate_key("P-256", private=True)
    token = _signed({"alg": "ES256", **header}, dict(genuine.claims), curve)
    yield Forgery.bearer("ES256 by a stranger", token)
    critical = _encoded({"alg": "Ed25519", **header, "crit": ["b64"], "b64": False})
    yield Forgery.bearer("a critical extension", f"{critical}.{body}.{signature}")


def _broken(genuine: Genuine) -> Iterator[Forgery]:
    good = genuine.signed()
    head, body, signature = good.split(".")
    other = {**genuine.claims, "community": "community_00000000000000000000000000"}
    more = {**genuine.claims, "roles": [{"role": "secretary", "scope": None}]}
    broken = {
        "cut in the middle": good[: len(good) // 2],
        "one character short": good[:-1],
        "without its signature": f"{head}.{body}",
        "with an empty signature": f"{head}.{body}.",
        "the signature alone": signature,
        "another community under the same signature": f"{head}.{_encoded(other)}.{signature}",
        "another role under the same signature": f"{head}.{_encoded(more)}.{signature}",
        "in five parts": f"{good}.{head}.{body}",
        "twice": f"{good}{good}",
        "as JSON": json.dumps({"protected": head, "payload": body, "signature": signature}),
        "a header that is a list": f"{_encoded(['alg', 'kid'])}.{body}.{signature}",
        "a header nested a thousand times": f"{_base64(_NESTED)}.{body}.{signature}",
        "a header that is no JSON": f"{_base64(b'{{{{')}.{body}.{signature}",
        "a body that is a list": _signed_bytes(genuine, b"[]"),
        "a body that is no JSON": _signed_bytes(genuine, b"\xff\xfe"),
        "a body nested a thousand times": _signed_bytes(genuine, _NESTED),
        "dots": "..",
        "no token": "e30.e30.e30",
    }
    for name, token in broken.items():
        yield Forgery.bearer(name, token)


def _enormous(genuine: Genuine) -> Iterator[Forgery]:
    yield Forgery.bearer("9 KB, well signed", genuine.signed(note="x" * 9_000))
    yield Forgery.bearer("a key id of 5 KB", _with_key_id(genuine, "k" * 5_000))
    yield Forgery.bearer("12 KB of nothing", "A" * 12_000)
    yield Forgery.bearer("200 KB of nothing", "A" * 200_000)


def _wrong_headers(genuine: Genuine) -> Iterator[Forgery]:
    good = f"Bearer {genuine.signed()}"
    bad = "Bearer e30.e30.e30"
    yield Forgery("an empty bearer", ("Bearer",))
    yield Forgery("a bearer of nothing", ("Bearer ,",))
    yield Forgery("basic", (f"Basic {base64.b64encode(b'secretary:password').decode()}",))
    yield Forgery("the token without its scheme", (genuine.signed(),))
    yield Forgery("another scheme", (f"Token {genuine.signed()}",))
    yield Forgery("two in one header", (f"{good}, {good}",))
    yield Forgery("a good header and a bad one", (good, bad))
    yield Forgery("a bad header and a good one", (bad, good))
    yield Forgery("the same header twice", (good, good))


def _spoiled(good: str, draw: random.Random, count: int) -> Iterator[Forgery]:
    """Change one character each, such that the bytes that are signed or signing change."""
    # The last character of the signature holds bits that no byte has.
    places = [at for at, character in enumerate(good[:-1]) if character != "."]
    for at in draw.sample(places, min(count, len(places))):
        other = draw.choice(_ALPHABET.replace(good[at], ""))
        yield Forgery.bearer(f"character {at} made {other}", good[:at] + other + good[at + 1 :])


def _with_key_id(genuine: Genuine, kid: str) -> str:
    return _signed({"alg": "Ed25519", "kid": kid}, dict(genuine.claims), genuine.key)


def _signed(header: dict[str, Any], claims: Claims, key: OKPKey | ECKey) -> str:
    return jwt.encode(header, claims, key, algorithms=[header["alg"]])


def _signed_bytes(genuine: Genuine, body: bytes) -> str:
    signed = f"{_encoded({'alg': 'Ed25519', 'kid': genuine.kid})}.{_base64(body)}"
    key = genuine.key.private_key
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the issuer signs with Ed25519")
    return f"{signed}.{_base64(key.sign(signed.encode()))}"


def _encoded(value: object) -> str:
    return _base64(json.dumps(value).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

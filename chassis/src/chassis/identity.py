"""Who is asking: a Principal from a verified access token whose session still stands."""

import asyncio
import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Protocol

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry
from starlette.datastructures import Headers

from chassis.errors import Unauthenticated

LEEWAY = timedelta(seconds=5)
_LONGEST_TOKEN = 8_192
_CHECKED_TOKENS_KEPT = 2_000
_PREFIX = "bearer "
_LAST_SECOND = 253_402_300_799
_ALGORITHMS = ("Ed25519", "EdDSA")
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=_LAST_SECOND)]
"""Since 1970, up to the end of the last year that a datetime knows."""


class Role(msgspec.Struct, frozen=True):
    """What somebody may act as, everywhere (`scope` is None) or within the places named."""

    role: str
    scope: tuple[str, ...] | None = None


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose token was verified."""

    account_id: str
    session_id: str
    community_id: str
    roles: tuple[Role, ...]
    client: str
    expires_at: datetime

    def has_role(self, *roles: str) -> bool:
        """Whether one of these roles is held, whatever its scope."""
        return any(held.role in roles for held in self.roles)


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    aud: str | list[str]
    sub: str
    sid: str
    community: str
    client: str
    exp: _Seconds
    iat: _Seconds
    roles: tuple[Role, ...] = ()
    nbf: _Seconds | None = None


class KeySource(Protocol):
    """Where public keys come from: residents' own, or a JwksCache."""

    async def key(self, kid: str) -> OKPKey | None:
        """Give the key of this id, or None when nobody knows it."""


class Revocations(Protocol):
    """What is known of sessions that were ended."""

    def is_revoked(self, session_id: str) -> bool:
        """Whether this session was ended."""

    async def until_revoked(self, session_id: str) -> None:
        """Return when this session is ended; at once if it already is."""


class _Ed25519Only(JWSRegistry):
    """Both names of the one algorithm: RFC 8037 called it EdDSA, RFC 9864 calls it Ed25519."""

    def get_alg(self, name: str) -> JWSAlgModel:
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


class TokenVerifier:
    """Turns an access token into a Principal, or refuses it."""

    def __init__(
        self,
        keys: KeySource,
        *,
        issuer: str,
        audience: str,
        now: Callable[[], datetime],
        leeway: timedelta = LEEWAY,
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._now = now
        self._leeway = leeway
        self._checked: dict[str, tuple[OKPKey, _Claims]] = {}
        self._registry = _Ed25519Only(algorithms=list(_ALGORITHMS))

    async def verify(self, token: str) -> Principal:
        """Check signature, algorithm (Ed25519 only), issuer, audience and times.

        A signature is checked once for as long as its key stays the same; the times always.

        Raises: Unauthenticated, without saying which of them failed.
        """
        if len(token) > _LONGEST_TOKEN:
            raise Unauthenticated
        key = await self._keys.key(_key_id(token))
        if key is None:
            raise Unauthenticated
        claims = self._signed_by(key, token)
        now, leeway = self._now().timestamp(), self._leeway.total_seconds()
        good = (
            claims.exp + leeway > now
            and claims.iat - leeway <= now
            and (claims.nbf is None or claims.nbf - leeway <= now)
        )
        if not good:
            raise Unauthenticated
        return Principal(
            account_id=claims.sub,
            session_id=claims.sid,
            community_id=claims.community,
            roles=claims.roles,
            client=claims.client,
            expires_at=datetime.fromtimestamp(claims.exp, UTC),
        )

    def _signed_by(self, key: OKPKey, token: str) -> _Claims:
        checked_with, claims = self._checked.get(token, (None, None))
        if claims is not None and checked_with is key:
            return claims
        try:
            decoded = jwt.decode(token, key, registry=self._registry)
            claims = msgspec.convert(decoded.claims, _Claims)
        except (JoseError, ValueError, RecursionError, msgspec.ValidationError) as error:
            raise Unauthenticated from error
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if claims.iss != self._issuer or self._audience not in audience:
            raise Unauthenticated
        while len(self._checked) >= _CHECKED_TOKENS_KEPT:
            del self._checked[next(iter(self._checked))]
        self._checked[token] = key, claims
        return claims


class Authenticator:
    """The edge of a service: from headers to a Principal whose session still stands."""

    def __init__(
        self,
        verifier: TokenVerifier,
        revocations: Revocations,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._verifier = verifier
        self._revocations = revocations
        self._now = now

    async def authenticate(self, headers: Mapping[str, str]) -> Principal | None:
        """Say who sent these headers; None when they carry no identity at all.

        Raises: Unauthenticated when they carry one that is not good: nobody becomes anonymous
            by presenting a bad token; when they carry two, of which another process might
            believe the other.
        """
        if isinstance(headers, Headers) and len(headers.getlist("authorization")) > 1:
            raise Unauthenticated
        return await self.authenticate_bearer(headers.get("authorization"))

    async def authenticate_bearer(self, authorization: str | None) -> Principal | None:
        """Say who sent this `Bearer …` value, as `authenticate` does."""
        if authorization is None:
            return None
        if authorization[: len(_PREFIX)].lower() != _PREFIX:
            raise Unauthenticated
        principal = await self._verifier.verify(authorization[len(_PREFIX) :].strip())
        if self._revocations.is_revoked(principal.session_id):
            raise Unauthenticated
        return principal

    async def until_over(self, principal: Principal) -> None:
        """Return when the token has expired or the session was ended."""
        remaining_seconds = (principal.expires_at - self._now()).total_seconds()
        try:
            async with asyncio.timeout(max(0.0, remaining_seconds)):
                await self._revocations.until_revoked(principal.session_id)
        except TimeoutError:
            return


def _key_id(token: str) -> str:
    """Read `kid` of the header; nothing else of the token is believed before its key is known."""
    try:
        header = _header(token)
    except (ValueError, RecursionError, msgspec.DecodeError) as error:
        raise Unauthenticated from error
    kid = header.get("kid")
    if header.get("alg") not in _ALGORITHMS or not isinstance(kid, str):
        raise Unauthenticated
    return kid


def _header(token: str) -> dict[str, Any]:
    first, _, _ = token.partition(".")
    raw = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    return msgspec.json.decode(raw, type=dict[str, Any])

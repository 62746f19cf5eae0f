"""Access tokens as JWTs signed with Ed25519."""

from chassis.ids import new_id
from joserfc import jwt
from joserfc.jws import JWSRegistry

from residents.adapters.ed25519_key_pairs import Ed25519KeyPairs
from residents.adapters.key_ring import KeyRing
from residents.application.ports import AccessClaims
from residents.domain.roles import RoleGrant

_ALGORITHM = "Ed25519"


class JwtAccessTokens:
    """Signs with the key that is active now."""

    def __init__(
        self, ring: KeyRing, key_pairs: Ed25519KeyPairs, *, issuer: str, audience: str
    ) -> None:
        self._ring = ring
        self._key_pairs = key_pairs
        self._issuer = issuer
        self._audience = audience
        self._registry = JWSRegistry(algorithms=[_ALGORITHM])

    async def issue(self, claims: AccessClaims) -> str:
        """See `AccessTokens.issue`."""
        active = (await self._ring.keys()).active
        return jwt.encode(
            {"alg": _ALGORITHM, "kid": active.id},
            {
                "iss": self._issuer,
                "aud": self._audience,
                "sub": claims.account.account_id,
                "sid": claims.session_id,
                "community": claims.account.community_id,
                "roles": [_role(grant) for grant in claims.roles],
                "scope": " ".join(sorted({f"role:{grant.role}" for grant in claims.roles})),
                "client": claims.client.value,
                "iat": int(claims.issued_at.timestamp()),
                "exp": int(claims.expires_at.timestamp()),
                "jti": new_id("token"),
            },
            self._key_pairs.open(active),
            registry=self._registry,
        )


def _role(grant: RoleGrant) -> dict[str, object]:
    scope = None if grant.scope is None else list(grant.scope)
    return {"role": grant.role.value, "scope": scope}

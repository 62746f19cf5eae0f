"""For tests: an issuer of access tokens whose keys are its own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from chassis.identity import Authenticator, Revocations, TokenVerifier
from chassis.revocation import RevokedSessions

ISSUER = "linli-residents"
AUDIENCE = "linli"


class TokenMint:
    """Makes tokens, good and bad, and verifies them as a service does."""

    def __init__(self, now: Callable[[], datetime], *, kid: str = "test-key") -> None:
        self._now = now
        self.kid = kid
        self.private_key = OKPKey.generate_key("Ed25519", {"kid": kid}, private=True)
        self.revoked = RevokedSessions(now=now)

    def token(
        self,
        *roles: str,
        account_id: str = "account_1",
        community_id: str = "community_1",
        session_id: str = "session_1",
        client: str = "console",
        life: timedelta = timedelta(seconds=600),
        **claims: Any,
    ) -> str:
        """Sign a token for somebody with these roles everywhere.

        Args:
            claims: override or, given as None, leave out any claim.
        """
        now = self._now()
        body = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": account_id,
            "sid": session_id,
            "community": community_id,
            "roles": [{"role": role, "scope": None} for role in roles],
            "scope": " ".join(f"role:{role}" for role in roles),
            "client": client,
            "iat": int(now.timestamp()),
            "exp": int((now + life).timestamp()),
            "jti": f"{session_id}-{now.timestamp()}",
            **claims,
        }
        return self.sign({name: value for name, value in body.items() if value is not None})

    def sign(
        self,
        claims: dict[str, Any],
        *,
        key: OKPKey | OctKey | None = None,
        alg: str = "Ed25519",
        kid: str | None = None,
    ) -> str:
        """Sign these claims, with another key, algorithm or key id if a test wants it."""
        header = {"alg": alg, "kid": self.kid if kid is None else kid}
        return jwt.encode(header, claims, key or self.private_key, algorithms=[alg])

    def headers(self, *roles: str, **options: Any) -> dict[str, str]:
        """Make the headers of a request by somebody with these roles; options as of `token`."""
        return {"authorization": f"Bearer {self.token(*roles, **options)}"}

    def jwks(self) -> dict[str, Any]:
        """Give the public key set."""
        return {"keys": [self.private_key.as_dict(private=False)]}

    async def key(self, kid: str) -> OKPKey | None:
        """Be a KeySource."""
        return self.private_key if kid == self.kid else None

    def verifier(self) -> TokenVerifier:
        """Make the verifier of a service that knows this mint only."""
        return TokenVerifier(self, issuer=ISSUER, audience=AUDIENCE, now=self._now)

    def authenticator(self, revocations: Revocations | None = None) -> Authenticator:
        """Make a service's edge; sessions are ended by `mint.revoked.revoke(…)`."""
        return Authenticator(self.verifier(), revocations or self.revoked, now=self._now)

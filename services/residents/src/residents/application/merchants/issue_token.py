"""Give a merchant's client a token for its id and secret (RFC 6749, section 4.4)."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from residents.application.attempt_limits import Attempt, AttemptLimits
from residents.application.merchants.ports import KnownMerchants, MerchantClients
from residents.application.ports import (
    AccessClaims,
    AccessTokens,
    NewSecret,
    Now,
    Passwords,
    Sessions,
)
from residents.domain.login import GLOBAL
from residents.domain.merchants.errors import ClientRefused, TooManyTokens
from residents.domain.merchants.merchant_client import MerchantClient
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Session

MOST_STANDING = 60


class ClientProof(msgspec.Struct, frozen=True):
    """What a client shows."""

    client_id: str
    secret: str


class ClientToken(msgspec.Struct, frozen=True):
    """An access token; there is no refresh token, the secret is one."""

    access_token: str
    lifetime_seconds: int


@dataclass(frozen=True)
class IssueToken:
    """Every way to fail takes as long and looks the same from outside."""

    clients: MerchantClients
    merchants: KnownMerchants
    sessions: Sessions
    access_tokens: AccessTokens
    passwords: Passwords
    limits: AttemptLimits
    new_secret: NewSecret
    now: Now

    async def __call__(
        self, proof: ClientProof, *, attempt: Attempt, session_id: str
    ) -> ClientToken:
        """Begin a session of one token.

        Raises: ClientRefused; AccountLocked after too many wrong secrets, for unknown clients
            too; TooManyTokens.
        """
        await self.limits.check_open(attempt)
        client = await self._proven(proof, attempt)
        if not await self._may_act(client):
            raise ClientRefused
        await self._check_rate(client)
        return await self._token(client, session_id)

    async def _proven(self, proof: ClientProof, attempt: Attempt) -> MerchantClient:
        client = await self.clients.of_id(proof.client_id)
        known = client.secret_hash if client else None
        if not await self.passwords.verify(proof.secret, known) or client is None:
            await self.limits.begin(attempt)
            raise ClientRefused
        await self.limits.forgive(attempt)
        return client

    async def _may_act(self, client: MerchantClient) -> bool:
        """Whether neither client nor merchant is shut out, as is known now."""
        merchant = await self.merchants.get(client.community_id, client.merchant_id)
        now = await self.clients.get(client.community_id, client.id)
        return now.revoked_at is None and merchant is not None and merchant.is_approved

    async def _check_rate(self, client: MerchantClient) -> None:
        at = self.now()
        standing = await self.sessions.begun_since(
            client.account, at - ACCESS_TOKEN_LIFETIME, first=MOST_STANDING, after=None
        )
        if len(standing.items) >= MOST_STANDING:
            raise TooManyTokens(standing.items[-1].created_at + ACCESS_TOKEN_LIFETIME)

    async def _token(self, client: MerchantClient, session_id: str) -> ClientToken:
        """Who is shut out meanwhile had no such session to be ended yet: it is looked twice."""
        at = self.now()
        session = await self.sessions.add(self._session(client, session_id, at))
        if not await self._may_act(client):
            await self.sessions.change(GLOBAL, session.id, lambda started: started.revoke(at))
            raise ClientRefused
        expires_at = session.tokens_end_at(at)
        token = await self.access_tokens.issue(
            AccessClaims(
                account=client.account,
                session_id=session.id,
                client=client.kind,
                roles=(client.grant,),
                issued_at=at,
                expires_at=expires_at,
            )
        )
        return ClientToken(token, int((expires_at - at).total_seconds()))

    def _session(self, client: MerchantClient, session_id: str, at: datetime) -> Session:
        """One that nobody can refresh: its secrets are told to nobody."""
        return Session.start(
            session_id,
            account=client.account,
            client=client.kind,
            session_secret=self.new_secret(),
            refresh_secret=self.new_secret(),
            at=at,
            lifetime=ACCESS_TOKEN_LIFETIME,
        )

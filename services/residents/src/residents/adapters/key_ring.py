"""The signing keys as a running api has them: read again every few seconds, kept when it cannot."""

import asyncio

import structlog
from chassis.clock import Now
from chassis.errors import StoreUnavailable
from joserfc.jwk import OKPKey

from residents.adapters.ed25519_key_pairs import public_jwk
from residents.application.rotate_signing_key import EnsureSigningKeys
from residents.domain.signing_keys import SigningKeys

_READ_EVERY_SECONDS = 5.0
_log = structlog.stdlib.get_logger("residents.key_ring")


class KeyRing:
    """Knows every key that is to be believed. `chassis.identity.KeySource` for this service."""

    def __init__(self, ensure: EnsureSigningKeys, *, now: Now) -> None:
        self._ensure = ensure
        self._now = now
        self._keys: SigningKeys | None = None
        self._imported: dict[str, OKPKey] = {}

    async def keys(self) -> SigningKeys:
        """The keys last read; nobody who asks waits for a store that is away.

        Raises: StoreUnavailable when they were never read.
        """
        if self._keys is None:
            self._keys = await self._ensure()
        return self._keys

    async def run(self) -> None:
        """Read them again every few seconds until cancelled, so that a rotation is known."""
        while True:
            await asyncio.sleep(_READ_EVERY_SECONDS)
            await self.read_again()

    async def read_again(self) -> None:
        """Read what stands now; the last good ones stay while the store is away."""
        try:
            self._keys = await self._ensure()
        except StoreUnavailable:
            _log.warning("signing keys cannot be read, the last good ones stay")

    async def key(self, kid: str) -> OKPKey | None:
        """See `chassis.identity.KeySource.key`.

        A key stays the same object while it is recognised: by that a verifier knows that it need
        not check a signature again.
        """
        recognised = (await self.keys()).recognised(self._now())
        if {key.id for key in recognised} != self._imported.keys():
            self._imported = {
                key.id: self._imported.get(key.id) or OKPKey.import_key({**public_jwk(key)})
                for key in recognised
            }
        return self._imported.get(kid)

    async def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public set (RFC 7517)."""
        recognised = (await self.keys()).recognised(self._now())
        return {"keys": [public_jwk(key) for key in recognised]}

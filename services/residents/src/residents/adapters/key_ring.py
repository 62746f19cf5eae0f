"""The signing keys as a running api has them: read again every few seconds, kept when it cannot."""

from datetime import datetime, timedelta

import structlog
from chassis.clock import Now
from chassis.errors import StoreUnavailable
from joserfc.jwk import OKPKey

from residents.adapters.ed25519_key_pairs import public_jwk
from residents.application.rotate_signing_key import EnsureSigningKeys
from residents.domain.signing_keys import SigningKeys

_READ_AGAIN_AFTER = timedelta(seconds=5)
_log = structlog.stdlib.get_logger("residents.key_ring")


class KeyRing:
    """Knows every key that is to be believed. `chassis.identity.KeySource` for this service."""

    def __init__(self, ensure: EnsureSigningKeys, *, now: Now) -> None:
        self._ensure = ensure
        self._now = now
        self._keys: SigningKeys | None = None
        self._read_at: datetime | None = None
        self._imported: dict[str, OKPKey] = {}

    async def keys(self) -> SigningKeys:
        """The keys, at most five seconds old, or the last good ones while the store is away.

        Raises: StoreUnavailable when they were never read.
        """
        at = self._now()
        if self._keys is not None and not self._is_due(at):
            return self._keys
        try:
            self._keys = await self._ensure()
        except StoreUnavailable:
            if self._keys is None:
                raise
            _log.warning("signing keys cannot be read, the last good ones stay")
        self._read_at = at
        return self._keys

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

    def _is_due(self, at: datetime) -> bool:
        return self._read_at is None or at - self._read_at >= _READ_AGAIN_AFTER

"""The issuer's public keys, fetched over HTTP and remembered over restarts."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from chassis.readiness import NotReady

_TIMEOUT_SECONDS = 3

_log = structlog.stdlib.get_logger("chassis.jwks")


class JwksMemory(Protocol):
    """Where the last good set of keys is kept, so that a start does not need the issuer."""

    async def load(self) -> dict[str, Any] | None:
        """Give the last set saved, or None."""

    async def save(self, jwks: dict[str, Any]) -> None:
        """Keep this set."""


class JwksFile:
    """Keeps the last good set in a file, replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def load(self) -> dict[str, Any] | None:
        """Give the set in the file; None when there is none that can be read."""
        return await asyncio.to_thread(self._load)

    async def save(self, jwks: dict[str, Any]) -> None:
        """Replace the file."""
        await asyncio.to_thread(self._save, msgspec.json.encode(jwks))

    def _load(self) -> dict[str, Any] | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            _log.warning("stored keys cannot be read", path=str(self._path), reason=str(error))
            return None

    def _save(self, content: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        fresh.write_bytes(content)
        fresh.replace(self._path)


class _KeySet(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


class JwksCache:
    """A KeySource over a JWKS address.

    `start` reads the memory, then asks the address; `run` refreshes; an unknown key id causes at
    most one fetch in 30 s, whatever comes in.
    """

    def __init__(
        self,
        url: str,
        memory: JwksMemory,
        *,
        now: Callable[[], datetime],
        client: httpx.AsyncClient | None = None,
        refresh_seconds: float = 300,
        first_retry_seconds: float = 1,
        unknown_key_seconds: float = 30,
    ) -> None:
        self._url = url
        self._memory = memory
        self._now = now
        self._client = client or httpx.AsyncClient(timeout=_TIMEOUT_SECONDS)
        self._owns_client = client is None
        self._refresh_seconds = refresh_seconds
        self._first_retry_seconds = first_retry_seconds
        self._unknown_key_pause = timedelta(seconds=unknown_key_seconds)
        self._keys: dict[str, OKPKey] = {}
        self._stored: dict[str, Any] | None = None
        self._last_fetch: datetime | None = None
        self._fetching = asyncio.Lock()

    async def start(self) -> None:
        """Load the stored set and try one fetch; neither failing is an error."""
        await self._recall()
        await self.refresh()

    async def run(self) -> None:
        """Refresh until cancelled, soon again while there is no key at all."""
        retry_seconds = self._first_retry_seconds
        while True:
            await asyncio.sleep(self._refresh_seconds if self._keys else retry_seconds)
            retry_seconds = min(retry_seconds * 2, 10)
            await self.refresh()

    async def ready(self) -> None:
        """Raises: NotReady while no key is known, stored or fresh."""
        if not self._keys:
            raise NotReady("no key of the issuer is known")

    async def close(self) -> None:
        """Close the HTTP client if it is ours."""
        if self._owns_client:
            await self._client.aclose()

    async def key(self, kid: str) -> OKPKey | None:
        """Give the key of this id, after at most one fetch in 30 s for ids nobody knows."""
        if kid not in self._keys:
            async with self._fetching:
                if kid not in self._keys and self._may_fetch():
                    await self._fetch()
        return self._keys.get(kid)

    async def refresh(self) -> None:
        """Fetch now. A failure is logged and leaves the keys as they are."""
        async with self._fetching:
            await self._fetch()

    async def _recall(self) -> None:
        """Use the stored set; one that holds no usable key is as none and will be replaced."""
        stored = await self._memory.load()
        if stored is None:
            return
        try:
            self._use(stored)
        except (msgspec.ValidationError, ValueError) as error:
            _log.warning("stored keys are not usable", reason=str(error))
        else:
            self._stored = stored

    def _may_fetch(self) -> bool:
        last = self._last_fetch
        return last is None or self._now() - last >= self._unknown_key_pause

    async def _fetch(self) -> None:
        self._last_fetch = self._now()
        try:
            response = await self._client.get(self._url)
            response.raise_for_status()
            jwks = msgspec.json.decode(response.content, type=dict[str, Any])
            self._use(jwks)
        except (httpx.HTTPError, msgspec.DecodeError, ValueError) as error:
            _log.warning("keys cannot be fetched", url=self._url, reason=str(error) or repr(error))
            return
        if jwks != self._stored:
            self._stored = jwks
            await self._remember(jwks)

    async def _remember(self, jwks: dict[str, Any]) -> None:
        try:
            await self._memory.save(jwks)
        except OSError as error:
            _log.warning("keys cannot be stored", reason=str(error))

    def _use(self, jwks: dict[str, Any]) -> None:
        """Take over a set. Raises: ValueError when it holds no usable key."""
        entries = msgspec.convert(jwks, _KeySet).keys
        keys = {
            str(entry["kid"]): _imported(entry)
            for entry in entries
            if entry.get("kty") == "OKP" and entry.get("crv") == "Ed25519" and "kid" in entry
        }
        if not keys:
            raise ValueError("the set holds no Ed25519 key")
        self._keys = keys


def _imported(entry: dict[str, Any]) -> OKPKey:
    try:
        return OKPKey.import_key(entry)
    except JoseError as error:
        raise ValueError(f"key {entry['kid']} cannot be read") from error

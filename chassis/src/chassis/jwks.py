"""The issuer's public keys, fetched over HTTP and remembered over restarts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
from joserfc.jwk import OKPKey


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
        """Give the set in the file; None when there is none or it cannot be read as JSON."""
        raise NotImplementedError

    async def save(self, jwks: dict[str, Any]) -> None:
        """Replace the file."""
        raise NotImplementedError


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
        unknown_key_seconds: float = 30,
    ) -> None:
        raise NotImplementedError

    async def start(self) -> None:
        """Load the stored set and try one fetch; neither failing is an error."""

    async def run(self) -> None:
        """Refresh for ever; sooner while there is no key at all."""

    async def ready(self) -> None:
        """Raises: NotReady while no key is known, stored or fresh."""

    async def close(self) -> None:
        """Close the HTTP client if it is ours."""

    async def key(self, kid: str) -> OKPKey | None:
        """Give the key of this id, after at most one fetch in 30 s for ids nobody knows."""
        raise NotImplementedError

"""What a door answered, and whether it may answer so."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import httpx

NAMED = {
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "BAD_USER_INPUT",
    "RATE_LIMITED",
    "QUERY_REFUSED",
    "UNAVAILABLE",
}
"""Codes of the short list that no fault of ours hides behind."""
CUT_OFF = 0
"""In place of a status, where the door closed the connection or did not answer."""
_PASSED = "answered"
_NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Reply:
    """An answer over HTTP.

    Attributes:
        codes: of its errors at the top level; "?" for one without.
    """

    status: int
    codes: tuple[str, ...]
    data: Any
    text: str

    @classmethod
    def of(cls, response: httpx.Response) -> "Reply":
        """Read an answer, whatever it is; `{code}` alone, as edges answer, is an error as well."""
        try:
            body = response.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            body = None
        found = body if isinstance(body, dict) else {}
        errors = found.get("errors") or ([{"extensions": found}] if "code" in found else [])
        codes = tuple(str(error.get("extensions", {}).get("code", "?")) for error in errors)
        return cls(response.status_code, codes, found.get("data"), response.text)

    @classmethod
    async def to(cls, client: httpx.AsyncClient, method: str, url: str, **sent: Any) -> "Reply":
        """Send a request and read its answer; status 0 where there was none."""
        try:
            return cls.of(await client.request(method, url, **sent))
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError) as error:
            return cls(CUT_OFF, (), None, f"cut off: {type(error).__name__}")
        except (httpx.TimeoutException, httpx.ConnectError) as error:
            return cls(CUT_OFF, (), None, f"{_NO_ANSWER}: {type(error).__name__}")

    @property
    def code(self) -> str:
        """By what it is counted."""
        if self.codes:
            return self.codes[0]
        if self.status == CUT_OFF:
            return self.text.partition(":")[0]
        return _PASSED if self.status < 400 else f"HTTP {self.status}"

    @property
    def has_data(self) -> bool:
        """Whether any field was answered with something."""
        return bool(self.data) and any(value is not None for value in self.data.values())

    def breaking(self) -> str | None:
        """Say how the process failed at it; None if it did not."""
        broken = self.status >= 500 or "INTERNAL" in self.codes or self.code == _NO_ANSWER
        return f"HTTP {self.status}: {self.text}" if broken else None

    def failing(self) -> str | None:
        """Say what is wrong with it, whatever was asked; None if nothing is."""
        unnamed = set(self.codes) - NAMED
        if unnamed or "UNAVAILABLE" in self.codes:
            return self.text
        return self.breaking()

    def refusing(self, bare: Collection[int] = ()) -> bool:
        """Whether nothing was answered, with a code. Args: bare: statuses that need none."""
        if self.codes:
            return not self.has_data
        return self.status in bare

    def passing(self) -> bool:
        """Whether it is an answer, or names what is wrong with a part of it."""
        return bool(self.codes) or self.code == _PASSED

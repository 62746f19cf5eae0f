"""For tests: a service's graph, asked over HTTP as clients ask it."""

from collections.abc import Mapping
from typing import Any, Protocol

import httpx

_ANSWERS_WITHIN_SECONDS = 15


class Caller(Protocol):
    """Somebody with a token in these headers."""

    @property
    def headers(self) -> Mapping[str, str]: ...


class Graph:
    """The graph of the api at this address; a caller of None has no token."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.AsyncClient(base_url=url, timeout=_ANSWERS_WITHIN_SECONDS)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def answer(
        self, caller: Caller | None, document: str, **variables: object
    ) -> dict[str, Any]:
        """The whole answer, errors included."""
        response = await self._client.post(
            "/graphql",
            json={"query": document, "variables": variables},
            headers=caller.headers if caller else None,
        )
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, caller: Caller | None, document: str, **variables: object) -> Any:
        """The data of an answer without errors. Raises: AssertionError."""
        answer = await self.answer(caller, document, **variables)
        assert "errors" not in answer, answer  # noqa: S101
        return answer["data"]

    async def refusal(self, caller: Caller | None, document: str, **variables: object) -> str:
        """The code of the one top-level error."""
        (error,) = (await self.answer(caller, document, **variables))["errors"]
        return str(error["extensions"]["code"])

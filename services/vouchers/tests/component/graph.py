"""The api, asked as clients ask it."""

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Person:
    """Somebody, or a merchant's system, with a token."""

    account_id: str
    community_id: str
    session_id: str
    headers: dict[str, str]


class Graph:
    """The api, asked as clients ask it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.AsyncClient(timeout=15)

    async def close(self) -> None:
        await self._client.aclose()

    async def answer(
        self, person: Person | None, document: str, **variables: object
    ) -> dict[str, Any]:
        """The whole answer, errors included."""
        response = await self._client.post(
            f"{self.url}/graphql",
            json={"query": document, "variables": variables},
            headers=person.headers if person else {},
        )
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, person: Person, document: str, **variables: object) -> Any:
        """The one field of an answer without errors."""
        answer = await self.answer(person, document, **variables)
        assert "errors" not in answer, answer
        (value,) = answer["data"].values()
        return value

    async def refusal(self, person: Person | None, document: str, **variables: object) -> str:
        """The code of the one top-level error."""
        (error,) = (await self.answer(person, document, **variables))["errors"]
        return str(error["extensions"]["code"])

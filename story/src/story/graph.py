"""The one graph, over HTTP, as any client uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from story.stopped import StoryStopped, check

OPERATIONS_FOLDER = Path(__file__).resolve().parents[2] / "operations"


@dataclass(frozen=True)
class Answer:
    """What the graph answered: data, and the codes of its errors."""

    data: Any
    error_codes: tuple[str, ...]
    body: str

    def field(self, name: str) -> Any:
        """Return a root field that was answered without any error. Raises: StoryStopped."""
        check(not self.error_codes and bool(self.data), f"{name} answers without errors", self.body)
        return self.data[name]


def operation(name: str) -> str:
    """Return the document of an operation."""
    return (OPERATIONS_FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


class Graph:
    """Sends operations to the gateway, each with the token of whoever asks."""

    def __init__(self, client: httpx.AsyncClient, gateway: str) -> None:
        self._client = client
        self._url = f"{gateway}/graphql"

    async def ask(
        self, name: str, variables: Mapping[str, object], *, token: str | None = None
    ) -> Answer:
        """Send the operation of this name. Raises: StoryStopped if no GraphQL comes back."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        asked = {"query": operation(name), "operationName": name, "variables": dict(variables)}
        try:
            answer = await self._client.post(self._url, json=asked, headers=headers)
            body = answer.json()
        except httpx.HTTPError as error:
            raise StoryStopped(f"the gateway answers {name}", repr(error)) from error
        except ValueError as error:
            raise StoryStopped(f"the gateway answers {name} in JSON", answer.text) from error
        errors = body.get("errors") or []
        codes = tuple(str(e.get("extensions", {}).get("code", e.get("message"))) for e in errors)
        return Answer(body.get("data"), codes, answer.text)


def outcome(result: Any, typename: str) -> Any:
    """Return a mutation's outcome if it is of the type expected. Raises: StoryStopped."""
    check(result is not None and result["__typename"] == typename, f"outcome {typename}", result)
    return result

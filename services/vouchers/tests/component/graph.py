"""The api, asked as clients ask it."""

from dataclasses import dataclass
from typing import Any

from chassis import testing_graph


@dataclass(frozen=True)
class Person:
    """Somebody, or a merchant's system, with a token."""

    account_id: str
    community_id: str
    session_id: str
    headers: dict[str, str]


class Graph(testing_graph.Graph):
    """The api, asked for one field at a time."""

    async def ask(
        self, caller: testing_graph.Caller | None, document: str, **variables: object
    ) -> Any:
        """The one field of an answer without errors."""
        (value,) = (await super().ask(caller, document, **variables)).values()
        return value

"""A community of the test's own on the cluster, and what the load does in it.

What is acknowledged is remembered, and looked for afterwards.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import httpx
from local_stack.acting.town import Town, found_town
from local_stack.acting.waiting import eventually
from local_stack.layout import Layout
from story.graph import operation

from on_cluster.kubernetes import Cluster
from on_cluster.load import Asked
from on_cluster.outcome import check
from on_cluster.service_addresses import HTTP_PORT

_A_PAGE = 100
_EFFECT_WITHIN_SECONDS = 120.0
_TEAMS = """
query Teams($first: Int!, $after: String) {
  teams(first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
}
"""
_INTAKES = """
query Intakes($first: Int!, $after: String) {
  inbox(first: $first, after: $after) {
    nodes { comment { text } } pageInfo { hasNextPage endCursor }
  }
}
"""


class ClusterLayout(Layout):
    """Processes by the names of their Services."""

    def address(self, name: str) -> str:
        """Return the HTTP address of a process, without a slash at its end."""
        return f"http://{name}:{HTTP_PORT}"


async def found_community(cluster: Cluster, client: httpx.AsyncClient, state: Path) -> Town:
    """Found a community by the operator's command in a Pod, log in, and open its channel."""

    async def in_a_pod(command: Sequence[str], given: str) -> str:
        return await cluster.operate("residents", *command, given=given)

    return await found_town(ClusterLayout(state), client, in_a_pod)


class Doings:
    """What the load asks of a community.

    Attributes:
        teams: the names of those whose founding was acknowledged.
        comments: the texts that residents wrote and WeChat took.
    """

    def __init__(self, town: Town) -> None:
        self.town = town
        self.teams: list[str] = []
        self.comments: list[str] = []

    def read_figures(self, _number: int) -> Asked:
        """Ask for the figures of the community: one query over all four services."""
        return Asked(
            "figures of four services",
            operation("Dashboard"),
            {"id": self.town.community_id},
            lambda data: all(
                data["community"][part] is not None
                for part in ("population", "issueFigures", "outreachFigures", "voucherFigures")
            ),
        )

    def read_inbox(self, _number: int) -> Asked:
        """Ask for what people wrote: issues joined with outreach."""
        return Asked(
            "inbox", operation("Inbox"), {"first": 20}, lambda data: data["inbox"] is not None
        )

    def found_team(self, number: int) -> Asked:
        """Write: a team with a name of its own."""
        name = f"巡逻队{number}{secrets.token_hex(4)}"
        given = {
            "requestId": secrets.token_hex(8),
            "kind": "RED_VOLUNTEERS",
            "name": name,
            "foundedOn": "2026-01-01",
        }
        return Asked(
            "team founded",
            operation("CreateTeam"),
            {"input": given},
            lambda data: data["createTeam"]["__typename"] == "CreateTeamSuccess",
            lambda: self.teams.append(name),
        )

    async def comment(self) -> None:
        """Let somebody comment in WeChat; it becomes an intake by way of three processes."""
        text = f"为社区点赞 {secrets.token_hex(6)}"
        await self.town.comment("居民", text)
        self.comments.append(text)

    async def nothing_lost(self) -> str:
        """Look for all that was acknowledged; each must be there once.

        Returns: how many of what were found. Raises: StepFailed.
        """
        await self.town.renew()
        founded = Counter(await self._names())
        check_each_once(self.teams, founded, "team")

        async def all_arrived() -> bool:
            return set(self.comments) <= set(await self._texts())

        await eventually(all_arrived, within_seconds=_EFFECT_WITHIN_SECONDS, every_seconds=1.0)
        check_each_once(self.comments, Counter(await self._texts()), "comment")
        return f"{len(self.teams)} teams and {len(self.comments)} comments are there, once each"

    async def _names(self) -> list[str]:
        return [node["name"] for node in await self._all(_TEAMS, "teams")]

    async def _texts(self) -> list[str]:
        nodes = await self._all(_INTAKES, "inbox")
        return [node["comment"]["text"] for node in nodes if node["comment"]]

    async def _all(self, document: str, field: str) -> list[Any]:
        found: list[Any] = []
        after = None
        while True:
            asked = {"first": _A_PAGE, "after": after}
            page = (await self.town.data(document, **asked))[field]
            found += page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]


def check_each_once(acknowledged: Iterable[str], found: Counter[str], what: str) -> None:
    """Go on only if each is there, once. Raises: StepFailed with those that are not."""
    wrong = {text: found[text] for text in acknowledged if found[text] != 1}
    check(not wrong, f"each acknowledged {what} is there once", dict(list(wrong.items())[:5]))

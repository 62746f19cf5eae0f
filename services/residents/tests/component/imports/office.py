"""An office that sends files and decides about them, over the service as it is deployed."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from chassis.clock import utc_now
from chassis.testing_waits import until
from residents.application.ports import AccessClaims
from residents.bootstrap.rooms import Rooms
from residents.domain.login import AccountRef
from residents.domain.roles import Role, RoleGrant
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Client

from ..graph import Graph

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEDGER_EDGE = "/imports/resident-ledger"

IMPORT = """
query Import($id: ID!) {
  import(id: $id) {
    id state kind asOf sizeBytes rowsRead rowsRefused expiresAt acceptedAt endedAt
    receivedBy { id } acceptedBy { id }
    progress { phase done total at }
    counts { name value }
    differenceCounts { difference count }
    skippedSheets { sheet reason }
    refusal { code reason }
    refusedRows(first: 100) { nodes { sheet row code reason } }
  }
}
"""
IMPORTS = "query Imports { imports(first: 100) { nodes { id state } } }"
DIFFERENCES = """
query Differences($id: ID!, $difference: ImportDifference!, $first: Int!, $after: String) {
  import(id: $id) {
    differences(difference: $difference, first: $first, after: $after) {
      nodes { subjectId sheet row fields }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
ACCEPT = """
mutation Accept($input: AcceptImportInput!) {
  acceptImport(input: $input) {
    __typename
    ... on AcceptImportSuccess { import { id state } }
    ... on UserError { code message }
  }
}
"""
DISCARD = """
mutation Discard($input: DiscardImportInput!) {
  discardImport(input: $input) {
    __typename
    ... on DiscardImportSuccess { import { id state } }
    ... on UserError { code message }
  }
}
"""


async def token_of(rooms: Rooms, ref: AccountRef, role: Role) -> str:
    """An access token as a login would give it, good from now on."""
    at = utc_now()
    return await rooms.identity.ports.access_tokens.issue(
        AccessClaims(
            account=ref,
            session_id=f"session_of_{ref.account_id}",
            client=Client.CONSOLE,
            roles=(RoleGrant(role),),
            issued_at=at,
            expires_at=at + ACCESS_TOKEN_LIFETIME,
        )
    )


@dataclass(frozen=True)
class Office:
    """Somebody of the office, at the api.

    Attributes:
        rooms: the same service built in the test, to look at what is stored.
    """

    address: str
    token: str | None
    community_id: str
    rooms: Rooms
    graph: Graph = field(init=False)

    def __post_init__(self) -> None:
        """Give them the graph."""
        object.__setattr__(self, "graph", Graph(self.address, self.token))

    async def send(
        self, content: bytes | AsyncIterator[bytes], *, edge: str = LEDGER_EDGE,
        leave_out: str | None = None, **headers: str,
    ) -> httpx.Response:  # fmt: skip
        """Send a file as the console does, with these headers instead of the usual."""
        given = {
            "Content-Type": XLSX,
            "Idempotency-Key": uuid.uuid4().hex,
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            **{name.replace("_", "-").title(): value for name, value in headers.items()},
        }
        if leave_out:
            del given[leave_out]
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
            return await client.post(f"{self.address}{edge}", content=content, headers=given)

    async def sent(self, content: bytes, **headers: str) -> str:
        """Send a file that is taken in. Returns: the import's id."""
        answer = await self.send(content, **headers)
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        return str(answer.json()["importId"])

    async def look(self, import_id: str) -> dict[str, Any]:
        """The import as it is now."""
        found: dict[str, Any] = await self.graph.ask(IMPORT, id=import_id)
        return found

    async def until_in(self, import_id: str, *states: str, seconds: float = 60) -> dict[str, Any]:
        """Wait for one of these states."""

        async def there() -> dict[str, Any] | None:
            now = await self.look(import_id)
            return now if now["state"] in states else None

        found: Any = await until(there, within_seconds=seconds)
        return dict(found)

    async def checked(self, content: bytes, **headers: str) -> dict[str, Any]:
        """Send a file and wait for what its check says."""
        return await self.until_in(await self.sent(content, **headers), "CHECKED", "REFUSED")

    async def accept(self, import_id: str) -> dict[str, Any]:
        """Accept it. Returns: whatever came of it."""
        given = {"requestId": uuid.uuid4().hex, "importId": import_id}
        outcome: dict[str, Any] = await self.graph.ask(ACCEPT, input=given)
        return outcome

    async def discard(self, import_id: str) -> dict[str, Any]:
        """Discard it. Returns: whatever came of it."""
        given = {"requestId": uuid.uuid4().hex, "importId": import_id}
        outcome: dict[str, Any] = await self.graph.ask(DISCARD, input=given)
        return outcome

    async def applied(self, content: bytes) -> dict[str, Any]:
        """Send, accept and wait until it is applied."""
        batch = await self.checked(content)
        assert batch["state"] == "CHECKED", batch
        accepted = await self.accept(batch["id"])
        assert accepted["__typename"] == "AcceptImportSuccess", accepted
        return await self.until_in(batch["id"], "APPLIED", "REFUSED")

    async def totals(self) -> dict[str, int]:
        """What the archive counts for this community, as a reader sees it."""
        archive = await self.rooms.archive.stores.archives.of(self.community_id)
        figures = await self.rooms.archive.stores.figures.of_edition(
            self.community_id, archive.edition
        )
        counts = [each.counts for each in figures]
        return {
            "edition": archive.edition,
            "buildings": len(counts),
            "households": sum(each.households for each in counts),
            "residents": sum(each.residents for each in counts),
            "elderly_60": sum(each.elderly_60 for each in counts),
        }

    async def stored(self, *collections: str) -> int:
        """How many documents of this community lie in these collections."""
        store = self.rooms.foundation.store
        return sum(
            [
                await store.collection(name).count({"community_id": self.community_id})
                for name in collections
            ]
        )

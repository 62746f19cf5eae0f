"""The public doors, and a client that asks again until it is answered.

A repeat carries the same request id or idempotency key and the same input; only that makes it
right to ask again after an answer that was lost.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from local_stack.layout import Layout
from story.phones import Phones

from chaos.model import Deed, Model, Write

_ANSWER_WITHIN_SECONDS = 20.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 1.0
_GIVE_UP_SECONDS = 150.0
_TOKEN_SECONDS = 420.0
"""Tokens live ten minutes; one is fetched well before."""
_AGAIN = {"UNAVAILABLE", "RATE_LIMITED", "UNAUTHENTICATED", "INTERNAL"}
"""Answers that say nothing of what became of a write. INTERNAL is a finding, and counted."""
_AGAIN_STATUS = {401, 429, 500, 502, 503, 504}


class NeverAnswered(Exception):
    """Something was asked for minutes without an answer."""


class Unforeseen(Exception):
    """An answer that no client of these doors should get."""


@dataclass
class Doors:
    """Where the stack is reached, and what went wrong on the way.

    Attributes:
        oddities: answers by what was odd about them, such as INTERNAL, and how often.
    """

    layout: Layout
    client: httpx.AsyncClient
    phones: Phones
    model: Model
    oddities: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, layout: Layout, model: Model) -> "Doors":
        """Return the doors of a stack."""
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
        client = httpx.AsyncClient(timeout=_ANSWER_WITHIN_SECONDS, trust_env=False, limits=limits)
        return cls(layout, client, Phones(client, layout.address("wechat-simulator")), model)

    async def simulator(self, method: str, path: str, body: object = None) -> Any:
        """Let WeChat's simulator, which nobody kills, do or tell something."""
        url = f"{self.layout.address('wechat-simulator')}/simulator/{path}"
        answer = await self.client.request(method, url, json=body)
        answer.raise_for_status()
        return answer.json()

    def odd(self, what: str) -> None:
        """Count something that should not be seen, whatever is killed."""
        self.oddities[what] += 1


class Passport:
    """Somebody's access token, fetched anew by a login of their own kind."""

    def __init__(self, log_in: Callable[[], Awaitable[str]]) -> None:
        self._log_in = log_in
        self._token = ""
        self._fetched_at = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def token(self) -> str:
        """Return a token that is good for some minutes."""
        async with self._one_at_a_time:
            if not self._token or time.monotonic() - self._fetched_at > _TOKEN_SECONDS:
                self._token = await self._log_in()
                self._fetched_at = time.monotonic()
            return self._token

    def refused(self, token: str) -> None:
        """Fetch another at the next turn: this one was not taken."""
        if token == self._token:
            self._token = ""


@dataclass(frozen=True)
class Reply:
    """What came back: the outcome, or why it says nothing.

    Attributes:
        outcome: the mutation's or query's field; None where `again` says why to ask again.
    """

    outcome: Any
    again: str = ""


class Caller:
    """Somebody who speaks to the doors, and does not give up."""

    def __init__(self, doors: Doors, passport: Passport | None = None, *, name: str = "") -> None:
        self.doors = doors
        self.name = name
        self._passport = passport

    async def read(self, document: str, **variables: object) -> Any:
        """Ask a query until it is answered; return its data. Raises: NeverAnswered."""
        return await persist(lambda: self._data(document, variables))

    async def do(self, document: str, **variables: object) -> Any:
        """Send a mutation that the model does not follow; return its one field."""
        data = await self.read(document, **variables)
        (outcome,) = data.values()
        return outcome

    async def write(
        self, write: Write, given: Mapping[str, object], *, shown: str = "__typename"
    ) -> bool:
        """Ask for a mutation under the write's key until it is answered.

        Args:
            given: the input, without the request id.
            shown: what of the success is to be answered.
        Returns: whether it was acknowledged, not refused by a named error.

        Raises: NeverAnswered.
        """
        document = mutation(write.deed.value, shown)
        asked = {"input": {"requestId": write.key, **given}}

        async def once() -> Reply:
            reply = await self._data(document, asked)
            if reply.again:
                self.doors.model.lost(write, reply.again)
            return reply

        outcome = (await persist(once))[write.deed.value]
        if outcome["__typename"].endswith("Success"):
            self.doors.model.acknowledged(write, outcome)
            return True
        self.doors.model.refused(write, outcome["__typename"])
        return False

    def begin(self, deed: Deed, key: str, **about: Any) -> Write:
        """Note in the model that this person is about to ask for something."""
        return self.doors.model.begin(deed, key=key, actor=self.name, **about)

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **given: Any
    ) -> Reply:
        """Send one request beside the graph; status and body, or why to ask again."""
        token = await self.token()
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = await self.doors.client.request(
                method, url, headers={**bearer, **(headers or {})}, **given
            )
        except httpx.HTTPError as error:
            return Reply(None, type(error).__name__)
        if answer.status_code in _AGAIN_STATUS:
            if answer.status_code == 401:
                self._refused(token)
            if answer.status_code == 500:
                self.doors.odd(f"500 {method} {url.rpartition(':')[2]}")
            return Reply(None, str(answer.status_code))
        return Reply((answer.status_code, answer.json()))

    async def token(self) -> str:
        """Return the token of this person; "" of nobody."""
        return await self._passport.token() if self._passport else ""

    async def _data(self, document: str, variables: Mapping[str, object]) -> Reply:
        token = await self.token()
        try:
            answer = await self.doors.client.post(
                f"{self.doors.layout.address('gateway')}/graphql",
                json={"query": document, "variables": dict(variables)},
                headers={"Authorization": f"Bearer {token}"} if token else {},
            )
            body = answer.json()
        except httpx.HTTPError as error:
            return Reply(None, type(error).__name__)
        except json.JSONDecodeError:
            return Reply(None, f"no JSON, {answer.status_code}")
        codes = [e.get("extensions", {}).get("code", e["message"]) for e in body.get("errors", ())]
        if not codes:
            return Reply(body["data"])
        if "UNAUTHENTICATED" in codes:
            self._refused(token)
        if "INTERNAL" in codes:
            self.doors.odd(f"INTERNAL {document.split('(')[0]} {answer.text[:300]}")
        if not set(codes) & _AGAIN:
            raise Unforeseen(f"{codes} to {document} with {variables}: {answer.text[:500]}")
        return Reply(None, str(codes[0]))

    def _refused(self, token: str) -> None:
        if self._passport:
            self._passport.refused(token)


async def persist(once: Callable[[], Awaitable[Reply]]) -> Any:
    """Try again and again until there is an answer; return it. Raises: NeverAnswered."""
    began, pause = time.monotonic(), _FIRST_PAUSE_SECONDS
    while True:
        reply = await once()
        if not reply.again:
            return reply.outcome
        if time.monotonic() - began > _GIVE_UP_SECONDS:
            raise NeverAnswered(f"for {_GIVE_UP_SECONDS:g} s: {reply.again}")
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


def mutation(name: str, shown: str) -> str:
    """Return the document of a mutation: what is shown of its success, and its errors by name."""
    kind = name[0].upper() + name[1:]
    return (
        f"mutation {kind}($input: {kind}Input!) {{ {name}(input: $input) {{ __typename "
        f"... on {kind}Success {{ {shown} }} ... on UserError {{ code message }} }} }}"
    )

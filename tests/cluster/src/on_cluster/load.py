"""A steady load through the gateway, and each request of it that failed.

Requests begin at fixed moments whether or not the ones before are answered, so that a pause of the
cluster is felt by all that fall into it. Every other one opens a connection of its own.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

import httpx

_SHOWN_CHARACTERS = 200


@dataclass(frozen=True)
class Asked:
    """One GraphQL request of the load.

    Attributes:
        what: its name in the summary.
        is_right: whether this is the answer's data as it should be.
        acknowledged: told once the answer is right.
    """

    what: str
    document: str
    variables: dict[str, Any]
    is_right: Callable[[Any], bool]
    acknowledged: Callable[[], None] = lambda: None


Maker = Callable[[int], Asked]


@dataclass(frozen=True)
class Failure:
    """A request that got another answer than it should, or none.

    Attributes:
        at_seconds: after the load began.
    """

    what: str
    at_seconds: float
    why: str


@dataclass
class Figures:
    """What came of the load so far."""

    sent: int = 0
    failures: list[Failure] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        rate = self.sent / self.seconds if self.seconds else 0.0
        slowest = max(self.milliseconds, default=0.0)
        return (
            f"{len(self.failures)} failed of {self.sent} at {rate:.1f}/s"
            f" (p50 {_quantile(self.milliseconds, 0.5):.0f} ms,"
            f" p99 {_quantile(self.milliseconds, 0.99):.0f} ms, slowest {slowest:.0f} ms)"
        )

    def why(self) -> str:
        """Return the reasons of the failures with their counts, the commonest first."""
        counted = Counter(f"{each.what}: {each.why}" for each in self.failures)
        return "; ".join(f"{times} times {why}" for why, times in counted.most_common(5))


def _quantile(values: Sequence[float], part: float) -> float:
    if not values:
        return 0.0
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


@dataclass
class Load:
    """Sends what the makers make, in turns.

    Attributes:
        clients: used in turns.
        token: returns the token of whoever asks, which changes.
        tries: how often a request is sent, with the same request id, until its answer is right.
            Only the last try can fail.
    """

    url: str
    clients: Sequence[httpx.AsyncClient]
    makers: Sequence[Maker]
    token: Callable[[], str]
    per_second: float
    tries: int = 1
    between_tries_seconds: float = 1.0
    figures: Figures = field(default_factory=Figures)
    _began: float = field(default_factory=time.monotonic)

    async def during(self, work: Awaitable[None], *, at_least_seconds: float = 0.0) -> Figures:
        """Load while the work is done, and a while longer; return what came of it.

        Raises: what the work raises, when what is under way has been answered.
        """
        self._began = time.monotonic()
        stop = asyncio.Event()
        sending = asyncio.create_task(self._send_until(stop))
        try:
            await work
            left = at_least_seconds - (time.monotonic() - self._began)
            await asyncio.wait({sending}, timeout=max(left, 0.0))
        finally:
            stop.set()
            await sending
        self.figures.seconds = time.monotonic() - self._began
        return self.figures

    async def _send_until(self, stop: asyncio.Event) -> None:
        makers, clients = cycle(self.makers), cycle(self.clients)
        async with asyncio.TaskGroup() as under_way:
            for number in count():
                late = self._began + number / self.per_second - time.monotonic()
                with suppress(TimeoutError):
                    async with asyncio.timeout(max(late, 0.0)):
                        await stop.wait()
                if stop.is_set():
                    return
                under_way.create_task(self._send(next(clients), next(makers)(number)))

    async def _send(self, client: httpx.AsyncClient, asked: Asked) -> None:
        self.figures.sent += 1
        since = time.monotonic()
        why: str | None = None
        for attempt in range(self.tries):
            if attempt:
                await asyncio.sleep(self.between_tries_seconds)
            why = await self._fault_of(client, asked)
            if why is None:
                asked.acknowledged()
                break
        now = time.monotonic()
        self.figures.milliseconds.append((now - since) * 1000)
        if why is not None:
            self.figures.failures.append(Failure(asked.what, since - self._began, why))

    async def _fault_of(self, client: httpx.AsyncClient, asked: Asked) -> str | None:
        try:
            answer = await client.post(
                self.url,
                json={"query": asked.document, "variables": asked.variables},
                headers={"Authorization": f"Bearer {self.token()}"},
            )
            body = answer.json()
        except httpx.HTTPError as error:
            return type(error).__name__
        except json.JSONDecodeError:
            return f"status {answer.status_code} without JSON"
        return fault_in(answer.status_code, body, asked.is_right)


def fault_in(status: int, body: Any, is_right: Callable[[Any], bool]) -> str | None:
    """Return what is wrong with an answer, or None."""
    errors = body.get("errors") or ()
    if errors:
        codes = {str(e.get("extensions", {}).get("code", e.get("message"))) for e in errors}
        return " ".join(sorted(codes))
    if status != httpx.codes.OK:
        return f"status {status}"
    return None if is_wholly_right(body, is_right) else json.dumps(body)[:_SHOWN_CHARACTERS]


def is_wholly_right(body: Any, is_right: Callable[[Any], bool]) -> bool:
    """Whether an answer has no errors and the data that it should; parts of it may be missing."""
    if body.get("errors") or not body.get("data"):
        return False
    try:
        return is_right(body["data"])
    except (KeyError, TypeError):
        return False

"""S4: queries that ask for too much, and requests that are wrong around them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import ClassVar

import httpx
import psutil
from local_stack.acting.one_of_each.asking import http_client

from strangers.forging import Genuine
from strangers.hostile_documents import hostile_documents, introspecting
from strangers.hostile_requests import HostileRequest, asking, hostile_requests
from strangers.in_production import in_production
from strangers.issuer import genuine_of
from strangers.outcome import Tally
from strangers.replies import Reply
from strangers.slow_bodies import SLOW_BODIES, ended_slow_bodies
from strangers.target import GATEWAY, Door, Effort, Target

_PIECE_BYTES = 64 * 1024
_PLAIN = asking("a plain question", "{ __typename }", may_pass=True)
_TIMES_PLAIN = 100
"""What one refusal may cost, in questions that ask for nothing, of half a millisecond each.

As many tokens as a document may have take the parser some twenty milliseconds, refused or not.
"""
_WEIGHED_BY = 10
_LEAST_SECONDS = 0.000_2
_ROUNDS, _AT_ONCE = 12, 25
_LIMITED = "RATE_LIMITED"
Send = Callable[[HostileRequest], Awaitable[Reply]]


class Queries:
    """Each at the gateway and at each service alone, in development and as strangers meet them."""

    key: ClassVar[str] = "S4"
    rule: ClassVar[str] = (
        "A query that is too much is refused with a named code, at the gateway and at each "
        f"service alone, for no more CPU time than {_TIMES_PLAIN} plain questions."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try them."""
        secretary = target.world.people["secretary"]
        requests = [
            *hostile_requests(most_bytes=effort.body_bytes),
            *(
                asking(it.name, it.text, may_pass=it.may_pass)
                for it in hostile_documents(most=effort.levels)
            ),
        ]
        async with http_client() as client:
            for door in target.doors:
                send = _sender(client, door, await target.world.cast.token(secretary))
                plain = await _cpu_seconds(door, _PLAIN, send, _WEIGHED_BY * effort.repeats)
                for request in requests:
                    await _try(door, request, send, tally)
                    if effort.repeats:
                        cost = await _cpu_seconds(door, request, send, effort.repeats)
                        _weigh(door, request, cost / plain, tally)
                await _still_answers(door, send, tally)
            await self._try_in_production(target, effort, tally, client)

    async def _try_in_production(
        self, target: Target, effort: Effort, tally: Tally, client: httpx.AsyncClient
    ) -> None:
        world = target.world
        names = [door.process for door in (target.doors if effort.repeats else target.doors[:2])]
        genuine = await genuine_of(world.cast, world.people["secretary"])
        started = in_production(target.layout, names, target.folder, target.leash)
        async with started as doors:
            for door in doors:
                send = _sender(client, door, genuine.signed())
                for it in introspecting():
                    await _try(door, asking(it.name, it.text), send, tally)
                await _end_slow_bodies(door, send, tally)
            await _try_unpersisted(doors[0], genuine, tally, client)
            await _try_many(doors[0], genuine, tally, client)
            for door in doors:
                if not _is_alive(door):
                    tally.found(f"{door.process} in production", "all of that", "it is gone")


def _sender(client: httpx.AsyncClient, door: Door, token: str) -> Send:
    async def send(request: HostileRequest) -> Reply:
        headers = {**request.headers, "authorization": f"Bearer {token}"}
        content = request.body if request.announced else _in_pieces(request.body)
        return await Reply.to(
            client, request.method, f"{door.graph}{request.query}", content=content, headers=headers
        )

    return send


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(body), _PIECE_BYTES):
        yield body[at : at + _PIECE_BYTES]


async def _try(door: Door, request: HostileRequest, send: Send, tally: Tally) -> None:
    reply = await send(request)
    tally.answered(reply.code)
    if (failing := reply.failing()) is not None:
        tally.found(door.process, f"{request.name}: {request.body[:500]!r}", failing)
    elif not (reply.refusing(request.bare) or (request.may_pass and reply.passing())):
        tally.found(door.process, f"{request.name}: {request.body[:500]!r}", reply.text)


def _weigh(door: Door, request: HostileRequest, times: float, tally: Tally) -> None:
    tally.weighed(door.process, request.name, times)
    if times > _TIMES_PLAIN:
        tally.found(door.process, request.name, f"cost {times:.0f} × a plain question")


async def _cpu_seconds(door: Door, request: HostileRequest, send: Send, repeats: int) -> float:
    """What one of so many costs its process; never less than the clock can tell."""
    process = psutil.Process(door.pid)
    before = process.cpu_times()
    for _ in range(repeats):
        await send(request)
    after = process.cpu_times()
    spent = after.user + after.system - before.user - before.system
    return max(spent / max(repeats, 1), _LEAST_SECONDS)


def _is_alive(door: Door) -> bool:
    """Whether a process of our own still runs; nobody starts it again."""
    try:
        return psutil.Process(door.pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def _still_answers(door: Door, send: Send, tally: Tally) -> None:
    reply = await send(_PLAIN)
    if reply.code != "answered":
        tally.found(door.process, "a plain question after all that", reply.text)


async def _end_slow_bodies(door: Door, send: Send, tally: Tally) -> None:
    """While bodies dribble in, others are answered; the slow ones end by name."""
    ending = asyncio.create_task(ended_slow_bodies(door.address))
    await _still_answers(door, send, tally)
    for code in await ending:
        tally.answered(code)
        if code != "BAD_USER_INPUT":
            tally.found(door.process, f"one of {SLOW_BODIES} bodies that never end", code)


async def _try_unpersisted(
    gateway: Door, genuine: Genuine, tally: Tally, client: httpx.AsyncClient
) -> None:
    """The mini-program, residents and nobody have persisted operations only, in production."""
    resident = [{"role": "resident", "scope": None}]
    tokens = {
        "the mini-program": genuine.signed(client="miniprogram"),
        "a resident": genuine.signed(roles=resident, scope="role:resident"),
        "nobody": None,
    }
    for who, token in tokens.items():
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": "{ me { id } }"}
        reply = await Reply.to(client, "POST", gateway.graph, json=body, headers=headers)
        tally.answered(reply.code)
        if reply.codes != ("QUERY_REFUSED",) or reply.has_data:
            tally.found(gateway.process, f"an unpersisted query of {who}", reply.text)


async def _try_many(
    gateway: Door, genuine: Genuine, tally: Tally, client: httpx.AsyncClient
) -> None:
    """One account that asks without a pause is refused by name; another is not."""
    if gateway.process != GATEWAY:
        raise ValueError("only the gateway counts requests")
    send = _sender(client, gateway, genuine.signed())
    replies = [await asyncio.gather(*map(send, [_PLAIN] * _AT_ONCE)) for _ in range(_ROUNDS)]
    codes = [reply.code for those in replies for reply in those]
    for code in codes:
        tally.answered(code)
    if _LIMITED not in codes or set(codes) - {_LIMITED, "answered"}:
        tally.found(gateway.process, f"{len(codes)} requests in a row", repr(set(codes)))
    other = _sender(client, gateway, genuine.signed(sub="account_01m8bqmhwze7qvjwdf3he0wknv"))
    if (code := (await other(_PLAIN)).code) != "answered":
        tally.found(gateway.process, "another account beside it", code)

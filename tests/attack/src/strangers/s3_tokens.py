"""S3: a token that is not whole, not ours, not now or not standing any more."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx
import websockets
from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import http_client
from local_stack.acting.one_of_each.fingerprint import fingerprint
from websockets.typing import Subprotocol

from strangers.changes import changed
from strangers.forging import Forgery, forgeries
from strangers.issuer import genuine_of
from strangers.outcome import Tally
from strangers.replies import Reply
from strangers.target import Door, Effort, Target

_OUT_WITHIN_SECONDS = 5
_CLOSED_UNAUTHENTICATED = 4401
_REFUSAL = "UNAUTHENTICATED"
_TOO_LONG = {"HTTP 400", "HTTP 431", "QUERY_REFUSED", "cut off"}
"""What a header is answered with that is longer than the protocol allows."""
_SHORT_ENOUGH = 4_000
"""Characters of a token that every door reads; only a longer one may be refused unread."""
_EDGES = {
    "residents-api": [("POST", "/imports/resident-ledger"), ("POST", "/imports/owners-register")],
    "vouchers-api": [
        ("POST", "/till/v1/redemptions"),
        ("GET", "/till/v1/redemptions/redemption_unknown"),
        ("POST", "/till/v1/vouchers/preview"),
    ],
}
_A_SOCKET_IN = 4
"""Of the forged tokens, at the small size; a socket takes longer than a request."""
_OPEN = "query Q { __typename }"
_END = "mutation M($input: LogOutInput!) { logOut(input: $input) { __typename } }"


class Tokens:
    """Forged tokens at every door, over HTTP and over sockets, and at the other edges."""

    key: ClassVar[str] = "S3"
    rule: ClassVar[str] = (
        "A token that was not issued so, or whose session was ended, is refused as "
        f"{_REFUSAL} at the gateway and at each service alone, and nothing changes."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try them."""
        genuine = await genuine_of(target.world.cast, target.world.people["secretary"])
        forged = forgeries(genuine, effort.draw(self.key), spoiled=effort.tries)
        await target.quiet.come()
        before = await fingerprint(target.stores)
        async with http_client() as client:
            for door in target.doors:
                await _try_changing(target, door, forged, tally, client)
                await _try_edges(door, forged, tally, client)
                over_sockets = effort.some_of(self.key, forged, one_in=_A_SOCKET_IN)
                await _try_sockets(door, over_sockets, tally)
            if differing := changed(before, await fingerprint(target.stores)):
                tally.found("the stores", "all forged tokens", f"changed: {differing}")
            for door in target.doors:
                await _show_it_was_valid(target, door, genuine.signed(), tally, client)
            await _try_ended_session(target, tally, client)


def _changes(target: Target) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """What each door is asked to do: a mutation, and valid input for the secretary."""
    world = target.world
    words = {"name": f"规则{world.number()}", "words": ["井盖没了"], "placeWords": []}
    staff = {"username": f"tried-{world.number()}", "displayName": "被试", "role": "CLERK"}
    return {
        "gateway": ("setHazardRule", words),
        "residents-api": ("createStaffAccount", staff),
        "issues-api": ("setHazardRule", {**words, "name": f"规则{world.number()}"}),
        "vouchers-api": ("registerMerchant", world.shops.new_merchant()),
        "outreach-api": ("registerChannel", world.official_account()),
    }


def _body(target: Target, door: Door) -> dict[str, Any]:
    name, content = _changes(target)[door.process]
    kind = name[0].upper() + name[1:]
    document = f"mutation M($input: {kind}Input!) {{ {name}(input: $input) {{ __typename }} }}"
    given = {"requestId": target.world.request_id(), **content}
    return {"query": document, "variables": {"input": given}}


async def _try_changing(
    target: Target, door: Door, forged: list[Forgery], tally: Tally, client: httpx.AsyncClient
) -> None:
    body = _body(target, door)
    for forgery in forged:
        reply = await Reply.to(client, "POST", door.graph, json=body, headers=_headers(forgery))
        tally.answered(reply.code)
        if not _is_refused(reply, forgery):
            tally.found(f"{door.process} /graphql", _shown(forgery), reply.text)


async def _try_edges(
    door: Door, forged: list[Forgery], tally: Tally, client: httpx.AsyncClient
) -> None:
    for method, path in _EDGES.get(door.process, []):
        for forgery in forged:
            headers = [*_headers(forgery), ("idempotency-key", "a-forged-token")]
            reply = await Reply.to(client, method, f"{door.address}{path}", headers=headers)
            tally.answered(reply.code)
            if not _is_refused(reply, forgery) or reply.status not in {0, 400, 401, 431}:
                tally.found(f"{door.process} {method} {path}", _shown(forgery), reply.text)


async def _try_sockets(door: Door, forged: list[Forgery], tally: Tally) -> None:
    for forgery in forged:
        if len(forgery.authorization) > 1:
            continue
        closed = await _closed_for(door, forgery.authorization[0])
        tally.answered(_REFUSAL if closed == _CLOSED_UNAUTHENTICATED else f"closed {closed}")
        if closed != _CLOSED_UNAUTHENTICATED:
            tally.found(f"{door.process} socket", _shown(forgery), f"closed with {closed}")


async def _closed_for(door: Door, authorization: str) -> int | None:
    """Open a socket. Returns: the code it was closed with; None if it stands."""
    url = door.graph.replace("http", "ws", 1)
    protocol = Subprotocol("graphql-transport-ws")
    try:
        async with websockets.connect(url, subprotocols=[protocol], proxy=None) as socket:
            payload = {"Authorization": authorization}
            await socket.send(_json({"type": "connection_init", "payload": payload}))
            await asyncio.wait_for(socket.recv(), timeout=_OUT_WITHIN_SECONDS)
    except websockets.ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None
    except TimeoutError:
        return None
    return None


async def _show_it_was_valid(
    target: Target, door: Door, token: str, tally: Tally, client: httpx.AsyncClient
) -> None:
    """What the forged ones asked for is done for a good token: else nothing was shown."""
    headers = {"authorization": f"Bearer {token}"}
    body = _body(target, door)
    reply = await Reply.to(client, "POST", door.graph, json=body, headers=headers)
    done = [value["__typename"] for value in (reply.data or {}).values() if value]
    if not all(name.endswith("Success") for name in done) or not done:
        tally.found(f"{door.process} /graphql", "a good token", reply.text)


async def _try_ended_session(target: Target, tally: Tally, client: httpx.AsyncClient) -> None:
    token = await target.world.spare_token_of("clerk")
    headers = {"authorization": f"Bearer {token}"}

    async def code_at(door: Door, document: str = _OPEN, variables: Any = None) -> str:
        asked = {"query": document, "variables": variables or {}}
        return (await Reply.to(client, "POST", door.graph, json=asked, headers=headers)).code

    for door in target.doors:
        if (code := await code_at(door)) != "answered":
            tally.found(door.process, "a token of a session that stands", code)
    ended = {"input": {"requestId": target.world.request_id()}}
    await code_at(target.doors[0], _END, ended)
    began = time.monotonic()

    async def is_out_everywhere() -> bool:
        return all([await code_at(door) == _REFUSAL for door in target.doors])

    try:
        await until(is_out_everywhere, within_seconds=_OUT_WITHIN_SECONDS)
    except TimeoutError:
        tally.found("a door", "a token whose session was ended", "good after 5 s")
        return
    tally.answered(_REFUSAL)
    tally.noted(f"an ended session is out everywhere after {time.monotonic() - began:.1f} s")


def _is_refused(reply: Reply, forgery: Forgery) -> bool:
    is_long = sum(map(len, forgery.authorization)) > _SHORT_ENOUGH
    by_name = reply.codes == (_REFUSAL,) and not reply.has_data
    return by_name or (is_long and reply.code in _TOO_LONG)


def _headers(forgery: Forgery) -> list[tuple[str, str]]:
    return [("authorization", value) for value in forgery.authorization]


def _shown(forgery: Forgery) -> str:
    return f"{forgery.name}: {' + '.join(forgery.authorization)}"


def _json(value: object) -> str:
    return httpx.Request("POST", "http://x", json=value).content.decode()

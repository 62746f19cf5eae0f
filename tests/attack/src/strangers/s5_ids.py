"""S5: ids of another community's objects, and of another person's."""

import re
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import httpx
from chassis.ids import new_id
from chassis.testing_waits import until
from graphql import build_ast_schema, parse
from local_stack.acting.one_of_each.asking import http_client
from local_stack.acting.one_of_each.cast import Person
from local_stack.acting.one_of_each.customers import redemption
from local_stack.acting.one_of_each.fingerprint import fingerprint
from local_stack.acting.one_of_each.issues_at_work import public_issue, reported_issue
from local_stack.acting.one_of_each.owned_dwellings import an_owned_dwelling
from local_stack.acting.one_of_each.world import World

from strangers.changes import changed
from strangers.entities import ENTITIES, asked_of, one_there
from strangers.id_operations import IdOperation, id_operations
from strangers.outcome import Tally
from strangers.replies import Reply
from strangers.target import GATEWAY, Door, Effort, Target

_AN_ID = re.compile(r"\b([a-z]+)_[0-9a-z]{26}\b")
_BY_ANOTHER_NAME = {
    "assignee": "account", "duplicateOf": "issue", "findHousehold": "household",
    "consentsOf": "resident", "sessionsOf": "account", "publicIssue": "issue",
    "voucherCode": "voucher", "merchantClients": "merchant", "actorAccount": "account",
    "merchantStatement": "merchant", "corrects": "metric",
    "ids": "notification", "upTo": "notification",
}  # fmt: skip
_FOLLOW = "mutation M($input: FollowIssueInput!) { followIssue(input: $input) { __typename } }"
_REJECT = "mutation M($input: RejectIssueInput!) { rejectIssue(input: $input) { __typename } }"
_NOTICES = "query Q { myNotices(first: 50) { nodes { id issueId } } }"
_TOLD_WITHIN_SECONDS = 30
_OPEN_TO_ALL = {"Mutation.logInWithWeChat"}
"""Who logs in says to which community: that there is one is no secret."""
_OWN = {"issue", "voucher", "session", "notification"}
"""What the resident has, and another resident of the same community asks for."""
_MUST_BE_REACHED = {"Query.issue"}
"""If these do not tell a known id from an unknown one even to staff, nothing is shown at all."""


class Ids:
    """Every operation of every schema that takes an id, found in the schema itself."""

    key: ClassVar[str] = "S5"
    rule: ClassVar[str] = (
        "For the id of another community's object, or of another person's own, the answer is to "
        "the letter the one for an id that nobody has, and nothing changes."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try them."""
        settled = await _settle(target)
        known = await _ids_of(target) | settled
        neighbour = await target.world.cast.person(target.world.community_id, "resident")
        await target.quiet.come()
        before = await fingerprint(target.stores)
        async with http_client() as client:
            untried = await _try_operations(target, known, neighbour, client, tally)
            if differing := changed(before, await fingerprint(target.stores)):
                tally.found("the stores", "all those ids", f"changed: {differing}")
            await _control(target, known, client, tally)
            await _try_entities(target, client, tally)
        if untried:
            tally.noted(f"no such object was there for: {', '.join(sorted(untried))}")


async def _try_operations(
    target: Target,
    known: dict[str, str],
    neighbour: Person,
    client: httpx.AsyncClient,
    tally: Tally,
) -> set[str]:
    """Ask each as the stranger, and for what is somebody's own as a neighbour.

    Returns: those of which nothing was there to ask for.
    """
    cast = target.world.cast
    untried = set()
    for door in target.doors:
        for operation in _operations(door):
            if operation.name in _OPEN_TO_ALL:
                continue
            kind = _BY_ANOTHER_NAME.get(operation.kind, operation.kind)
            if kind not in known:
                untried.add(f"{operation.name} ({kind})")
                continue
            pair = known[kind], new_id(kind)
            await _try(door, operation, pair, await cast.token(target.stranger), client, tally)
            if kind in _OWN and door.process == GATEWAY:
                await _try(door, operation, pair, await cast.token(neighbour), client, tally)
    return untried


async def _control(
    target: Target, known: dict[str, str], client: httpx.AsyncClient, tally: Tally
) -> None:
    """Ask each query as the community's own secretary, who may know.

    Where the two answers are the same for the secretary too, that they are for a stranger shows
    little: something else than the id was looked at first.
    """
    door = target.door(GATEWAY)
    told: set[str] = set()
    untold: set[str] = set()
    for operation in _operations(door):
        kind = _BY_ANOTHER_NAME.get(operation.kind, operation.kind)
        if kind not in known or not operation.name.startswith("Query."):
            continue
        token = await target.world.token_of("secretary")
        answers = [
            (await _asked(door, operation, an_id, str(token), client)).text.replace(an_id, "")
            for an_id in (known[kind], new_id(kind))
        ]
        place = f"{operation.name} {'.'.join(operation.place)}"
        (untold if answers[0] == answers[1] else told).add(place)
    missing = {
        name for name in _MUST_BE_REACHED if not any(it.startswith(f"{name} ") for it in told)
    }
    if missing:
        tally.found(GATEWAY, f"a known id for the secretary at {sorted(missing)}", "as unknown")
    tally.noted(
        f"the secretary is told of a known id at {len(told)} of the queries' places for ids"
    )
    if untold:
        tally.noted(f"and answered as for an unknown one at: {', '.join(sorted(untold))}")


async def _try_entities(target: Target, client: httpx.AsyncClient, tally: Tally) -> None:
    for service, entities in ENTITIES.items():
        for entity, kind in entities.items():
            an_id = await one_there(target.world, kind)
            await _try_entity(target, service, entity, an_id, client, tally)


async def _try_entity(
    target: Target, service: str, entity: str, known: str, client: httpx.AsyncClient, tally: Tally
) -> None:
    """Ask a service as the gateway does, for a stranger; and for the secretary, who is shown it."""
    door = target.door(f"{service}-api")

    async def shown(token: str | None, entity_id: str) -> Reply:
        body = asked_of(service, entity, entity_id)
        headers = {"authorization": f"Bearer {token}"}
        reply = await Reply.to(client, "POST", door.graph, json=body, headers=headers)
        tally.answered(reply.code)
        return reply

    stranger = await target.world.cast.token(target.stranger)
    theirs = await shown(stranger, known)
    nobodys = await shown(stranger, new_id(known.split("_")[0]))
    own = await shown(await target.world.token_of("secretary"), known)
    given = f"_entities {entity}: {known}"
    if (theirs.data, theirs.codes) != (nobodys.data, nobodys.codes):
        tally.found(door.process, given, f"{theirs.text} ≠ {nobodys.text}")
    if own.codes or not own.has_data or not all((own.data["_entities"][0] or {"": None}).values()):
        tally.found(door.process, f"{given}, for the secretary", own.text)


async def _asked(
    door: Door, operation: IdOperation, an_id: str, token: str, client: httpx.AsyncClient
) -> Reply:
    body = {
        "query": operation.document,
        "variables": operation.with_id(an_id, new_id("request")),
    }
    headers = {"authorization": f"Bearer {token}"}
    return await Reply.to(client, "POST", door.graph, json=body, headers=headers)


def _operations(door: Door) -> list[IdOperation]:
    document = parse(door.schema_file.read_text())
    return id_operations(build_ast_schema(document, assume_valid_sdl=True))


async def _settle(target: Target) -> dict[str, str]:
    """See that one of most things is there: of the community, and of the resident's own.

    Returns: ids of what the stores hold others of, that every community has.
    """
    world = target.world
    issue_id = await reported_issue(world)
    await redemption(world)
    await an_owned_dwelling(world, "secretary")
    return {
        "issue": issue_id,
        "rule": await world.hazard_rule(),
        "session": world.people["resident"].session_id,
        "notification": await _notice_of_the_resident(world),
    }


async def _notice_of_the_resident(world: World) -> str:
    """See that the resident is told of something. Returns: the id of that notice."""
    issue_id = await public_issue(world)
    followed = {"input": {"requestId": world.request_id(), "issueId": issue_id}}
    await world.as_role("resident", _FOLLOW, followed, "followIssue")
    rejected = {
        "requestId": world.request_id(),
        "issueId": issue_id,
        "reason": "不属于社区管理范围",
    }
    await world.as_role("secretary", _REJECT, {"input": rejected}, "rejectIssue")

    async def told() -> Any:
        mine = await world.as_role("resident", _NOTICES, {}, "myNotices")
        return next((it["id"] for it in mine["nodes"] if it["issueId"] == issue_id), None)

    return str(await until(told, within_seconds=_TOLD_WITHIN_SECONDS))


async def _ids_of(target: Target) -> dict[str, str]:
    """Return an id of each kind that the stores hold for the community, the newest."""
    found: dict[str, str] = {}
    async for document in _documents(target):
        for match in _AN_ID.finditer(str(document)):
            found[match.group(1)] = max(match.group(), found.get(match.group(1), ""))
    return found


async def _documents(target: Target) -> AsyncIterator[dict[str, Any]]:
    for store in target.stores.values():
        for name in await store.collection_names():
            where = {"community_id": target.world.community_id}
            for document in await store.collection(name).find(where):
                yield document


async def _try(
    door: Door,
    operation: IdOperation,
    pair: tuple[str, str],
    token: str,
    client: httpx.AsyncClient,
    tally: Tally,
) -> None:
    answers = []
    for an_id in pair:
        reply = await _asked(door, operation, an_id, token, client)
        tally.answered(reply.code)
        failing = reply.failing() or (None if reply.passing() else reply.text)
        if failing is not None:
            given = f"{operation.name} at {'.'.join(operation.place)}: {an_id}"
            tally.found(door.process, given, failing)
        answers.append((reply.status, reply.text.replace(an_id, "")))
    if answers[0] != answers[1]:
        given = f"{operation.name} at {'.'.join(operation.place)}: {pair}"
        tally.found(door.process, given, f"{answers[0]} ≠ {answers[1]}")

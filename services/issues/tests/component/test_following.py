"""Following an issue over a WebSocket."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from .outreach import Outreach
from .person import Person
from .waiting import eventually

FOLLOW = "subscription Follow($id: ID!) { issueUpdated(id: $id) { id state level } }"
ACKNOWLEDGE = """
mutation($input: AcknowledgeIssueInput!) { acknowledgeIssue(input: $input) { __typename } }
"""
TRIAGE = "mutation($input: TriageIssueInput!) { triageIssue(input: $input) { __typename } }"


class Following:
    """One subscription."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def next(self) -> Any:
        """The next delivery's issue."""
        message = json.loads(await self._socket.recv())
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]["issueUpdated"]


@asynccontextmanager
async def following(graph: Graph, person: Person, issue_id: str) -> AsyncIterator[Following]:
    async with open_socket(graph.url) as socket:
        await say(
            socket,
            type="connection_init",
            payload={"Authorization": person.headers["authorization"]},
        )
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        payload = {"query": FOLLOW, "variables": {"id": issue_id}}
        await say(socket, id="1", type="subscribe", payload=payload)
        yield Following(socket)


@asynccontextmanager
async def open_socket(url: str) -> AsyncIterator[ClientConnection]:
    address = url.replace("http://", "ws://") + "/graphql"
    async with connect(address, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        yield socket


async def say(socket: ClientConnection, **message: object) -> None:
    await socket.send(json.dumps(message))


async def acknowledge(graph: Graph, person: Person, issue_id: str) -> None:
    given = {"requestId": new_id("request"), "issueId": issue_id}
    answer = await graph.ask(person, ACKNOWLEDGE, input=given)
    assert answer["acknowledgeIssue"]["__typename"] == "AcknowledgeIssueSuccess"


async def an_issue(graph: Graph, outreach: Outreach, person: Person) -> str:
    comment_id = await outreach.received(person.community_id, "配电箱漏电")
    issue_id = derived_id("issue", derived_id("intake", comment_id))

    async def there() -> bool:
        document = "query($id: ID!) { issue(id: $id) { id } }"
        return (await graph.ask(person, document, id=issue_id))["issue"] is not None

    await eventually(there)
    return issue_id


async def test_who_follows_sees_the_state_now_and_each_change(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    issue_id = await an_issue(graph, outreach, clerk_at_work)
    async with following(graph, clerk_at_work, issue_id) as issue:
        assert (await issue.next())["state"] == "NEW"
        await acknowledge(graph, clerk_at_work, issue_id)
        assert (await issue.next())["state"] == "ACKNOWLEDGED"
        given = {
            "requestId": new_id("request"),
            "issueId": issue_id,
            "category": "electricity",
            "level": "DISTRICT",
            "levelReason": "管网归区里管",
        }
        await graph.ask(clerk_at_work, TRIAGE, input=given)
        assert await issue.next() == {"id": issue_id, "state": "TRIAGED", "level": "DISTRICT"}


async def test_an_issue_can_be_followed_before_it_is_there(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    comment_id = new_id("comment")
    issue_id = derived_id("issue", derived_id("intake", comment_id))
    async with following(graph, clerk_at_work, issue_id) as issue:
        assert await issue.next() is None
        await outreach.received(clerk_at_work.community_id, "配电箱漏电", comment_id=comment_id)
        assert (await issue.next())["state"] == "NEW"


async def test_another_communitys_issue_is_as_unknown_as_none(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, person_as: Any
) -> None:
    issue_id = await an_issue(graph, outreach, clerk_at_work)
    stranger = person_as("clerk", community_id=new_id("community"))
    async with following(graph, stranger, issue_id) as issue:
        assert await issue.next() is None


async def test_a_socket_without_a_good_token_is_closed(graph: Graph) -> None:
    async with open_socket(graph.url) as socket:
        bad = {"Authorization": "Bearer x.y.z"}
        await say(socket, type="connection_init", payload=bad)
        with pytest.raises(ConnectionClosed):
            await socket.recv()

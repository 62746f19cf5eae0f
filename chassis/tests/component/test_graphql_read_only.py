"""A graph that takes no writes: mutations are refused, and reads go on."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from chassis.graphql import Schema
from chassis.graphql_endpoint import graphql_routes
from chassis.server import Service
from chassis.testing import REQUESTS
from chassis.testing_tokens import TokenMint

from .served_graph import ask, begin, next_message, opened_socket, params, send, served, subscribe


@pytest.fixture
async def read_only(bakery_schema: Schema, bakery: Any, mint: TokenMint) -> AsyncIterator[str]:
    """The address of an api that takes no writes."""
    service = Service("bakery-api", host="127.0.0.1", port=0)
    service.routes += graphql_routes(
        bakery_schema,
        application=bakery,
        authenticator=mint.authenticator(),
        requests=REQUESTS,
        read_only=True,
    )
    async with served(service) as address:
        yield address


async def test_mutations_are_refused_before_anything_is_done_and_reads_go_on(
    read_only: str, mint: TokenMint
) -> None:
    bake = 'mutation { bake(how: "value") { __typename } }'  # would be INTERNAL
    async with httpx.AsyncClient(base_url=f"http://{read_only}") as client:
        refused = await ask(client, bake, **mint.headers("baker"))
        asked = await ask(client, "{ me }", **mint.headers("baker"))
    (error,) = refused["errors"]
    assert error["extensions"] == {"code": "UNAVAILABLE"}
    assert error["message"] == "系统正在维护，暂时只能查看，不能提交，请稍后再试。"
    assert refused["data"] is None
    assert asked == {"data": {"me": "account_1"}}


async def test_subscriptions_go_on_and_mutations_are_refused_on_sockets_too(
    read_only: str, bakery: Any, mint: TokenMint
) -> None:
    async with opened_socket(read_only) as socket:
        await begin(socket, params(mint))
        assert (await subscribe(socket))["payload"] == {"data": {"news": "account_1"}}
        bake = 'mutation { bake(how: "value") { __typename } }'
        await send(socket, id="2", type="subscribe", payload={"query": bake})
        refused = await next_message(socket)
        assert (refused["id"], refused["type"]) == ("2", "error")
        assert refused["payload"][0]["extensions"] == {"code": "UNAVAILABLE"}
        bakery.door.set()
        assert (await next_message(socket))["payload"] == {"data": {"news": "door"}}

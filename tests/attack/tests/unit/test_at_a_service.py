"""What is hostile at the gateway is refused with a code by a service alone, in one process."""

import httpx
import pytest
import strawberry
from chassis.clock import utc_now
from chassis.graphql import build_schema
from chassis.graphql_endpoint import graphql_routes
from chassis.requests import Requests
from chassis.server import Service
from chassis.testing_tokens import TokenMint
from strangers.hostile_documents import hostile_documents
from strangers.hostile_requests import HostileRequest, asking, hostile_requests
from strangers.replies import Reply

REQUESTS = [
    *hostile_requests(most_bytes=1_500_000),
    *(asking(it.name, it.text, may_pass=it.may_pass) for it in hostile_documents(most=300)),
]


@strawberry.type
class Query:
    @strawberry.field
    def nothing(self) -> str:
        return ""


@pytest.fixture(scope="module")
def mint() -> TokenMint:
    return TokenMint(utc_now)


@pytest.fixture(scope="module")
def service(mint: TokenMint) -> httpx.ASGITransport:
    api = Service("a-service", host="127.0.0.1", port=0)
    api.routes += graphql_routes(
        build_schema(query=Query),
        application=None,
        authenticator=mint.authenticator(),
        requests=Requests(lambda kind, value: f"{kind} {value}"),
    )
    return httpx.ASGITransport(api.app())


@pytest.mark.parametrize("request_sent", REQUESTS, ids=lambda it: it.name)
async def test_it_is_refused_with_a_code_or_by_a_status_that_is_listed(
    request_sent: HostileRequest, service: httpx.ASGITransport, mint: TokenMint
) -> None:
    headers = {**request_sent.headers, "authorization": f"Bearer {mint.token('clerk')}"}
    async with httpx.AsyncClient(transport=service, base_url="http://service") as client:
        reply = await Reply.to(
            client,
            request_sent.method,
            f"/graphql{request_sent.query}",
            content=request_sent.body,
            headers=headers,
        )

    assert reply.failing() is None
    assert reply.refusing(request_sent.bare) or (request_sent.may_pass and reply.passing())

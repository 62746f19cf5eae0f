"""A page is one request to the gateway, and at most one call to each service behind it."""

import asyncio

import httpx
import pytest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.layout import ROOT
from local_stack.programs import SERVICES
from prometheus_client.parser import text_string_to_metric_families

_OPERATIONS = ROOT / "gateway" / "operations"


async def graph_calls(client: httpx.AsyncClient, stack: StackByCommands) -> dict[str, float]:
    """Return how many GraphQL requests each service has answered so far."""

    async def count(service: str) -> float:
        answer = await client.get(f"{stack.layout.address(f'{service}-api')}/metrics")
        samples = (
            sample
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
            if sample.name == "linli_http_requests_total"
            and sample.labels["route"] == "/graphql"
            and sample.labels["method"] == "POST"
        )
        return sum(sample.value for sample in samples)

    return dict(zip(SERVICES, await asyncio.gather(*map(count, SERVICES)), strict=True))


@pytest.mark.parametrize("page", ["console/Dashboard"])
async def test_a_dashboard_is_one_call_to_each_service(
    stack: StackByCommands, town: Town, client: httpx.AsyncClient, page: str
) -> None:
    document = (_OPERATIONS / f"{page}.graphql").read_text()
    before = await graph_calls(client, stack)

    community = (await town.data(document, communityId=town.community_id))["community"]

    after = await graph_calls(client, stack)
    assert {name: after[name] - before[name] for name in SERVICES} == dict.fromkeys(SERVICES, 1)
    assert None not in community.values()

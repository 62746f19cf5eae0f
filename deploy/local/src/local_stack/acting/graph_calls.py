"""How many GraphQL requests each service has answered, by its own count."""

import asyncio

import httpx
from prometheus_client.parser import text_string_to_metric_families

from local_stack.layout import Layout
from local_stack.programs import SERVICES


async def graph_calls(client: httpx.AsyncClient, layout: Layout) -> dict[str, int]:
    """Return the count so far, by service."""

    async def count(service: str) -> int:
        answer = await client.get(f"{layout.address(f'{service}-api')}/metrics")
        samples = (
            sample
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
            if sample.name == "linli_http_requests_total"
            and sample.labels["route"] == "/graphql"
            and sample.labels["method"] == "POST"
        )
        return int(sum(sample.value for sample in samples))

    return dict(zip(SERVICES, await asyncio.gather(*map(count, SERVICES)), strict=True))

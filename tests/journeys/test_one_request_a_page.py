"""A page is one request to the gateway, and at most one call to each service behind it."""

import httpx
import pytest
from local_stack.acting.graph_calls import graph_calls
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.layout import ROOT
from local_stack.programs import SERVICES

_OPERATIONS = ROOT / "gateway" / "operations"


@pytest.mark.parametrize("page", ["console/Dashboard"])
async def test_a_dashboard_is_one_call_to_each_service(
    stack: StackByCommands, town: Town, client: httpx.AsyncClient, page: str
) -> None:
    document = (_OPERATIONS / f"{page}.graphql").read_text()
    before = await graph_calls(client, stack.layout)

    community = (await town.data(document, communityId=town.community_id))["community"]

    after = await graph_calls(client, stack.layout)
    assert {name: after[name] - before[name] for name in SERVICES} == dict.fromkeys(SERVICES, 1)
    assert None not in community.values()

"""An operator gives a till its credentials by one command."""

import json

from chassis.ids import new_id
from chassis.testing_waits import until

from ..conftest import Person, Running
from ..graph import Graph
from .conftest import Till
from .documents import CLIENTS

ISSUE = "issue-merchant-client"


async def test_a_till_gets_tokens_by_what_the_command_printed_once(
    running: Running, as_secretary: Graph, secretary: Person, merchant_id: str
) -> None:
    run = running.commands.run
    whose = ("--community", secretary.community_id, "--merchant", merchant_id)

    async def known() -> bool:
        return run(ISSUE, *whose, "--dry-run").returncode == 0

    await until(known)
    would = run(ISSUE, *whose, "--dry-run")
    assert would.stdout == f"a till of {merchant_id} would get an id and a secret\n"
    listed = await as_secretary.ask(CLIENTS, merchant=merchant_id)
    assert listed["edges"] == []

    made = json.loads(run(ISSUE, *whose, "--request-id", "till-1", "--json").stdout)
    till = Till(running.api.address, made["clientId"], made["clientSecret"])
    assert (await till.ask_token()).status_code == 200

    again = json.loads(run(ISSUE, *whose, "--request-id", "till-1", "--json").stdout)
    assert again == {"clientId": made["clientId"], "clientSecret": None, "requestId": "till-1"}
    reused = run(ISSUE, *whose, "--kind", "portal", "--request-id", "till-1")
    assert reused.returncode == 1
    assert reused.stderr.startswith("REQUEST_ID_REUSED")
    assert (await till.ask_token()).status_code == 200


async def test_an_unknown_merchant_is_one_line_and_nothing_is_made(
    running: Running, secretary: Person
) -> None:
    for dry in ((), ("--dry-run",)):
        refused = running.commands.run(
            *(ISSUE, "--community", secretary.community_id),
            *("--merchant", new_id("merchant"), *dry),
        )
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith("MERCHANT_NOT_FOUND: ")
        assert len(refused.stderr.splitlines()) == 1

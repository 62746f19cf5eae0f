"""While READ_ONLY is set issues are read, and neither a photo nor anything else is written."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_contents import contents
from chassis.testing_graph import Graph
from issues.adapters.mongo_issues import MongoIssues
from issues.domain.issue import Issue
from local_stack.acting.service_instance import running_processes
from local_stack.leash import Leash
from local_stack.ports import free_port

from .person import Person
from .pictures import photograph
from .processes import Process, environment_for, run_command
from .test_following import ACKNOWLEDGE
from .test_photos import ticket

STATE = "query State($id: ID!) { issue(id: $id) { id state } }"


async def test_reads_go_on_and_nothing_is_written(
    mongodb_uri: str,
    jwks_url: str,
    leash: Leash,
    tmp_path: Path,
    clerk_at_work: Person,
    an_issue: Callable[..., Issue],
) -> None:
    environment = environment_for(mongodb_uri, f"127.0.0.1:{free_port()}", jwks_url, tmp_path)
    await asyncio.to_thread(run_command, environment, "create-indexes")
    store = Store.connect(mongodb_uri, environment["MONGODB_DATABASE"])
    issue = an_issue()
    await MongoIssues(store, topic="linli.issues.events", now=utc_now).add(issue)
    async with running_processes(
        Process, environment, "api", folder=tmp_path / "before", leash=leash
    ) as processes:
        graph = Graph(processes["api"].address)
        _, address = await ticket(graph, clerk_at_work, issue.id)
        await graph.close()
    before = await contents(store)

    read_only = environment | {"READ_ONLY": "true"}
    async with running_processes(
        Process, read_only, "api", "worker", folder=tmp_path / "while", leash=leash
    ) as processes:
        graph = Graph(processes["api"].address)
        answer = await graph.ask(clerk_at_work, STATE, id=issue.id)
        assert answer["issue"] == {"id": issue.id, "state": "NEW"}
        async with httpx.AsyncClient(base_url=graph.url, timeout=60) as phone:
            sent = await phone.put(address, content=photograph((200, 150)))
        assert (sent.status_code, sent.json()["code"]) == (503, "UNAVAILABLE")
        asked = {"requestId": new_id("request"), "issueId": issue.id}
        refused = await graph.answer(clerk_at_work, ACKNOWLEDGE, input=asked)
        (error,) = refused["errors"]
        assert error["extensions"] == {"code": "UNAVAILABLE"}
        await graph.close()
    assert await contents(store) == before
    await store.close()

"""While READ_ONLY is set the office sees its merchants, and nothing is written."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
from chassis.mongo import Store
from chassis.testing_contents import contents
from local_stack.acting.service_instance import running_processes
from local_stack.leash import Leash
from local_stack.ports import free_port

from .documents import ADD_STORE, REGISTER
from .graph import Graph, Person
from .office import approved_merchant, done, new_merchant
from .processes import Process, environment_for, run_command

MERCHANTS = "query { merchants(first: 10) { nodes { id name } } }"


async def test_reads_go_on_and_nothing_is_written(
    mongodb_uri: str,
    jwks_url: str,
    tmp_path: Path,
    leash: Leash,
    clerk: Person,
    secretary: Person,
    person_as: Callable[..., Person],
) -> None:
    environment = environment_for(mongodb_uri, f"127.0.0.1:{free_port()}", jwks_url, tmp_path)
    await asyncio.to_thread(run_command, environment, "create-indexes")
    async with running_processes(
        Process, environment, "api", folder=tmp_path / "before", leash=leash
    ) as processes:
        graph = Graph(processes["api"].address)
        merchant = await approved_merchant(graph, clerk, secretary)
        place = {"merchantId": merchant["id"], "name": "八家庄一店", "address": "八家庄东街 1 号"}
        added = await graph.ask(clerk, ADD_STORE, input={"requestId": "store-1", **place})
        store_id = done(added, "store")["id"]
        await graph.close()
    store = Store.connect(mongodb_uri, environment["MONGODB_DATABASE"])
    before = await contents(store)
    (waiting,) = before["merchants"][0]
    assert waiting["outbox"], "a worker would have something to do"

    read_only = environment | {"READ_ONLY": "true"}
    async with running_processes(
        Process, read_only, "api", "worker", folder=tmp_path / "while", leash=leash
    ) as processes:
        graph = Graph(processes["api"].address)
        listed = await graph.ask(clerk, MERCHANTS)
        assert [each["id"] for each in listed["nodes"]] == [merchant["id"]]
        asked = new_merchant(name="八家庄粮油店")
        refused = await graph.answer(clerk, REGISTER, input=asked)
        (error,) = refused["errors"]
        assert error["extensions"] == {"code": "UNAVAILABLE"}
        assert error["message"].startswith("系统正在维护")

        till = person_as("merchant", scope=[merchant["id"]], client="till")
        headers = {**till.headers, "Idempotency-Key": "key-1"}
        async with httpx.AsyncClient(base_url=graph.url, timeout=20) as client:
            paid = await client.post(
                "/till/v1/redemptions",
                json={"code": "12345678901234567890", "billFen": 6_000, "storeId": store_id},
                headers=headers,
            )
        assert (paid.status_code, paid.json()["code"]) == (503, "UNAVAILABLE")
        await graph.close()
        said = await asyncio.to_thread(run_command, read_only, "create-indexes")
        assert said.endswith("indexes are there\n")
        assert await asyncio.to_thread(processes["worker"].exit_code_after_sigterm) == 0
    assert await contents(store) == before
    await store.close()

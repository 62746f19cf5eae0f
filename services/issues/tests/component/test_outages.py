"""A broker, a store or a worker that goes away: nothing is lost, and all comes back by itself."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from chassis.kafka_access import KafkaAccess
from chassis.testing_graph import Graph
from chassis.topics import create_topics
from local_stack.acting.service_instance import running_processes
from local_stack.kafka import Kafka
from local_stack.leash import Leash
from local_stack.store import Store

from .outreach import OTHERS_TOPICS, Outreach, connected
from .person import Person
from .processes import Process, environment_for, run_command
from .test_following import acknowledge, following
from .waiting import eventually

IDS = "{ inbox(first: 100) { nodes { id receivedAt issue { id } } } }"


@asynccontextmanager
async def running(
    environment: Mapping[str, str], leash: Leash, folder: Path, *kinds: Literal["api", "worker"]
) -> AsyncIterator[dict[str, Process]]:
    """These processes of an instance of the test's own, ready."""
    kafka = KafkaAccess(environment["KAFKA_BOOTSTRAP_SERVERS"])
    await create_topics(kafka, OTHERS_TOPICS)
    await asyncio.to_thread(run_command, environment, "create-topics")
    await asyncio.to_thread(run_command, environment, "create-indexes")
    async with running_processes(
        Process, environment, *kinds, folder=folder, leash=leash
    ) as processes:
        yield processes


async def inbox(graph: Graph, person: Person) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await graph.ask(person, IDS))["inbox"]["nodes"]
    return nodes


async def dangerous(outreach: Outreach, person: Person, count: int) -> None:
    for _ in range(count):
        await outreach.received(person.community_id, "配电箱漏电")


def all_are_issues(graph: Graph, person: Person, count: int) -> Callable[[], Any]:
    async def answer() -> bool:
        nodes = await inbox(graph, person)
        issues = {node["issue"]["id"] for node in nodes if node["issue"]}
        return len(nodes) == count == len(issues)

    return answer


@pytest.fixture
def own_kafka(start_kafka: Callable[[], Kafka]) -> Kafka:
    return start_kafka()


async def test_a_broker_away_costs_no_write_and_no_follower(
    own_kafka: Kafka,
    mongodb_uri: str,
    jwks_url: str,
    leash: Leash,
    tmp_path: Path,
    clerk_at_work: Person,
) -> None:
    clerk = clerk_at_work
    environment = environment_for(mongodb_uri, own_kafka.bootstrap_servers, jwks_url, tmp_path)
    async with running(environment, leash, tmp_path, "api", "worker") as processes:
        graph = Graph(processes["api"].address)
        async with connected(own_kafka.bootstrap_servers) as outreach:
            await dangerous(outreach, clerk, 1)
            await eventually(all_are_issues(graph, clerk, 1))
        (node,) = await inbox(graph, clerk)
        issue_id = node["issue"]["id"]
        async with following(graph, clerk, issue_id) as issue:
            assert (await issue.next())["state"] == "NEW"
            await asyncio.to_thread(own_kafka.stop)
            await acknowledge(graph, clerk, issue_id)
            async with httpx.AsyncClient() as client:
                ready = await client.get(f"{processes['api'].address}/ready", timeout=5)
            assert ready.status_code == 200
            await asyncio.to_thread(own_kafka.start)
            async with asyncio.timeout(30):
                assert (await issue.next())["state"] == "ACKNOWLEDGED"
        async with connected(own_kafka.bootstrap_servers) as outreach:
            await dangerous(outreach, clerk, 1)
            await eventually(all_are_issues(graph, clerk, 2))
        await graph.close()


async def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    own_kafka: Kafka,
    mongodb_uri: str,
    jwks_url: str,
    leash: Leash,
    tmp_path: Path,
    clerk_at_work: Person,
) -> None:
    clerk = clerk_at_work
    environment = environment_for(mongodb_uri, own_kafka.bootstrap_servers, jwks_url, tmp_path)
    async with running(environment, leash, tmp_path, "api", "worker") as processes:
        graph = Graph(processes["api"].address)
        async with connected(own_kafka.bootstrap_servers) as outreach:
            await dangerous(outreach, clerk, 3)
            await eventually(lambda: inbox(graph, clerk))
            worker = processes["worker"]
            await asyncio.to_thread(worker.kill)
            await dangerous(outreach, clerk, 7)
        worker.start()
        await asyncio.to_thread(worker.wait_ready)
        await eventually(all_are_issues(graph, clerk, 10))
        received = [node["receivedAt"] for node in await inbox(graph, clerk)]
        assert received == sorted(received, reverse=True)
        await graph.close()


@pytest.mark.parametrize("how", ["stopped", "frozen"])
async def test_a_store_away_is_said_within_five_seconds(
    how: str,
    start_store: Callable[[], Store],
    kafka_bootstrap_servers: str,
    jwks_url: str,
    leash: Leash,
    tmp_path: Path,
    clerk_at_work: Person,
) -> None:
    store = await asyncio.to_thread(start_store)
    environment = environment_for(store.uri, kafka_bootstrap_servers, jwks_url, tmp_path)
    async with running(environment, leash, tmp_path, "api") as processes:
        graph = Graph(processes["api"].address)
        assert await inbox(graph, clerk_at_work) == []
        await asyncio.to_thread(_take_away, store, how)
        before = time.monotonic()
        answer = await graph.answer(clerk_at_work, IDS)
        assert time.monotonic() - before < 5
        (error,) = answer["errors"]
        assert error["extensions"] == {"code": "UNAVAILABLE"}
        assert answer["data"] == {"inbox": None}
        async with httpx.AsyncClient() as client:
            ready = await client.get(f"{processes['api'].address}/ready", timeout=5)
            live = await client.get(f"{processes['api'].address}/live", timeout=5)
        assert (ready.status_code, live.status_code) == (503, 200)
        await asyncio.to_thread(_bring_back, store, how)

        async def answers() -> bool:
            return "errors" not in await graph.answer(clerk_at_work, IDS)

        await eventually(answers)
        await graph.close()


def _take_away(store: Store, how: str) -> None:
    if how == "frozen":
        os.kill(_pid(store), signal.SIGSTOP)
    else:
        store.stop()


def _bring_back(store: Store, how: str) -> None:
    if how == "frozen":
        os.kill(_pid(store), signal.SIGCONT)
    else:
        store.start()


def _pid(store: Store) -> int:
    assert store.pid is not None
    return store.pid

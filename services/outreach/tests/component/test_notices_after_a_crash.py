"""A worker killed while a notice is on its way, and two workers at once: nothing is sent twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from chassis.ids import new_id
from chassis.mongo import Store as ServiceStore
from chassis.testing_waits import until
from local_stack.leash import Leash
from wechat_simulator.testing import Simulator

from .conftest import Running
from .notices import IssueElsewhere, PersonAtHome, settled
from .running import Graph, Process

SEND = "/cgi-bin/message/subscribe/send"
MESSAGES = ["社区已签收您关心的事项", "事项已安排专人负责", "事项已办结，请查看"]


@pytest.fixture
def tian(wechat: Simulator, graph_as: Callable[..., Graph]) -> PersonAtHome:
    account_id = new_id("account")
    return PersonAtHome(wechat, graph_as("resident", account_id=account_id), account_id)


@pytest.fixture
def issue(kafka_bootstrap_servers: str, community_id: str) -> IssueElsewhere:
    return IssueElsewhere(kafka_bootstrap_servers, community_id)


@pytest.fixture
async def second_worker(running: Running, leash: Leash, tmp_path: Path) -> AsyncIterator[Process]:
    worker = Process("worker", running.variables, folder=tmp_path, leash=leash)
    yield worker
    if worker.is_running:
        await asyncio.to_thread(worker.stop)


async def test_a_worker_killed_while_it_sends_leaves_an_unknown_notice_sent_once(
    running: Running,
    tian: PersonAtHome,
    issue: IssueElsewhere,
    clerk: Graph,
    wechat: Simulator,
    community_id: str,
) -> None:
    await tian.allow(messages=2)
    slow = {"kind": "slow", "path": SEND, "times": 1, "seconds": 5}
    await wechat.post("/simulator/faults", slow)
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()
    await until(tian.received, within_seconds=30)
    await asyncio.to_thread(running.worker.kill)

    await _as_if_begun_earlier(running, community_id, timedelta(minutes=1))
    running.worker.start()
    await asyncio.to_thread(running.worker.wait_ready)

    assert await settled(clerk, issue, count=1) == ["UNKNOWN"]
    await issue.assigned()
    assert await settled(clerk, issue, count=2) == ["UNKNOWN", "DELIVERED"]
    assert await tian.received() == MESSAGES[:2]


async def test_two_workers_send_each_notice_once(
    second_worker: Process, tian: PersonAtHome, issue: IssueElsewhere, clerk: Graph
) -> None:
    await tian.allow(messages=4)
    second_worker.start()
    await asyncio.to_thread(second_worker.wait_ready)
    await issue.followed_by(tian.account_id)
    await issue.acknowledged()
    await issue.assigned()
    await issue.resolved()

    assert await settled(clerk, issue, count=3) == ["DELIVERED"] * 3
    assert await tian.received() == MESSAGES


async def _as_if_begun_earlier(running: Running, community_id: str, by: timedelta) -> None:
    """Let the time pass that a send may take, without waiting for it."""
    store = ServiceStore.connect(
        running.variables["MONGODB_URI"], running.variables["MONGODB_DATABASE"]
    )
    notifications = store.collection("notifications")
    there = await notifications.find_one({"community_id": community_id, "phone.state": "sending"})
    assert there is not None
    began = there["phone"]["sending_at"] - by
    await notifications.update_one({"_id": there["_id"]}, {"$set": {"phone.sending_at": began}})
    await store.close()

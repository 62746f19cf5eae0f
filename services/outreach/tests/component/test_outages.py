"""The store away, the broker away, a worker killed in the middle of a send."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from chassis.ids import new_id
from chassis.mongo import Store as ServiceStore
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store
from wechat_simulator.testing import Simulator

from .conftest import (
    OfficialAccount,
    new_account,
    new_article,
    new_phone,
    replies_on,
    the_comment,
)
from .documents import COMMENT, COMMENTS, REPLY
from .running import Graph, Process, run_command, settings


@dataclass(frozen=True)
class Alone:
    """An instance of the test's own, with a store of its own and no broker at all."""

    variables: dict[str, str]
    store: Store
    api: Process
    worker: Process
    clerk: Graph
    account: OfficialAccount


@pytest.fixture
async def alone(
    start_store: Callable[[], Store],
    wechat: Simulator,
    mint: TokenMint,
    graph_as: Callable[..., Graph],
    leash: Leash,
    tmp_path: Path,
) -> AsyncIterator[Alone]:
    store = await asyncio.to_thread(start_store)
    variables = settings(
        tmp_path,
        mint,
        mongodb_uri=store.uri,
        kafka=f"127.0.0.1:{free_port()}",
        wechat=wechat.url,
    )
    await asyncio.to_thread(run_command, variables, "create-indexes")
    api = Process("api", variables, folder=tmp_path, leash=leash)
    worker = Process("worker", variables, folder=tmp_path, leash=leash)
    api.start()
    await asyncio.to_thread(api.wait_ready)
    account = await new_account(wechat, graph_as("secretary", address=api.address))
    clerk = graph_as("clerk", address=api.address)
    yield Alone(variables, store, api, worker, clerk, account)
    for process in (worker, api):
        if process.is_running:
            await asyncio.to_thread(process.kill)


async def test_without_a_store_everything_says_so_within_five_seconds_and_comes_back(
    alone: Alone, wechat: Simulator
) -> None:
    phone = await new_phone(wechat, alone.account)
    callback = f"{alone.api.address}/wechat/callback/{alone.account.channel_id}"
    await wechat.put(f"/simulator/accounts/{alone.account.app_id}/callback", {"url": callback})
    await asyncio.to_thread(alone.store.kill)

    began = time.monotonic()
    assert await alone.clerk.refusal(COMMENTS) == "UNAVAILABLE"
    assert time.monotonic() - began < 5
    message = {"app_id": alone.account.app_id, "text": "没水"}
    await wechat.post(f"/simulator/phones/{phone}/messages", message)
    await until(lambda: "callback not stored" in alone.api.log_path.read_text())
    assert alone.api.is_running

    await asyncio.to_thread(alone.store.start)
    await asyncio.to_thread(alone.store.wait_ready)
    await wechat.post(f"/simulator/phones/{phone}/messages", message | {"text": "还没水"})
    await the_comment(alone.clerk, lambda it: it["text"] == "还没水")


async def test_without_a_broker_the_api_is_ready_and_takes_messages(
    alone: Alone, wechat: Simulator
) -> None:
    phone = await new_phone(wechat, alone.account)
    callback = f"{alone.api.address}/wechat/callback/{alone.account.channel_id}"
    await wechat.put(f"/simulator/accounts/{alone.account.app_id}/callback", {"url": callback})

    await wechat.post(
        f"/simulator/phones/{phone}/messages", {"app_id": alone.account.app_id, "text": "没水"}
    )

    await the_comment(alone.clerk, lambda it: it["text"] == "没水")
    assert alone.api.is_ready()


async def test_a_worker_killed_while_it_sends_leaves_an_unknown_reply_sent_once(
    alone: Alone, wechat: Simulator
) -> None:
    phone = await new_phone(wechat, alone.account)
    article = await new_article(wechat, alone.account, alone.clerk)
    alone.worker.start()
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(alone.clerk, lambda it: True)
    slow = {"kind": "slow", "path": "/cgi-bin/comment/reply/add", "times": 1, "seconds": 5}
    await wechat.post("/simulator/faults", slow | {"app_id": alone.account.app_id})
    asked = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上到"}
    await alone.clerk.ask(REPLY, input=asked)

    await until(lambda: replies_on(wechat, phone))
    await asyncio.to_thread(alone.worker.kill)
    left = (await alone.clerk.ask(COMMENT, id=comment["id"]))["comment"]
    assert left["reply"]["state"] == "SENDING"

    await _as_if_begun_earlier(alone, comment["id"], timedelta(minutes=1))
    alone.worker.start()
    settled = await the_comment(alone.clerk, lambda it: it["reply"]["state"] != "SENDING")
    assert settled["reply"]["state"] in {"UNKNOWN", "DELIVERED"}
    await the_comment(alone.clerk, lambda it: it["reply"]["state"] == "DELIVERED")
    assert await replies_on(wechat, phone) == ["马上到"]


async def test_a_worker_told_to_stop_while_it_sends_finishes_the_send(
    alone: Alone, wechat: Simulator
) -> None:
    phone = await new_phone(wechat, alone.account)
    article = await new_article(wechat, alone.account, alone.clerk)
    alone.worker.start()
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(alone.clerk, lambda it: True)
    slow = {"kind": "slow", "path": "/cgi-bin/comment/reply/add", "times": 1, "seconds": 1}
    await wechat.post("/simulator/faults", slow | {"app_id": alone.account.app_id})
    asked = {"requestId": new_id("request"), "commentId": comment["id"], "text": "马上到"}
    await alone.clerk.ask(REPLY, input=asked)

    await until(lambda: replies_on(wechat, phone))
    await asyncio.to_thread(alone.worker.stop)

    left = (await alone.clerk.ask(COMMENT, id=comment["id"]))["comment"]
    assert left["reply"]["state"] == "DELIVERED"


async def _as_if_begun_earlier(alone: Alone, comment_id: str, by: timedelta) -> None:
    """Let the time pass that a send may take, without waiting for it."""
    store = ServiceStore.connect(
        alone.variables["MONGODB_URI"], alone.variables["MONGODB_DATABASE"]
    )
    comments = store.collection("comments")
    there = await comments.find_one({"_id": comment_id})
    assert there is not None
    began = there["reply"]["sending_at"] - by
    await comments.update_one({"_id": comment_id}, {"$set": {"reply.sending_at": began}})
    await store.close()

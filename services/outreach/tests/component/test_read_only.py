"""While READ_ONLY is set WeChat is told to send again, and nothing is written or sent."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from chassis.mongo import Store
from chassis.testing_contents import contents
from chassis.testing_tokens import TokenMint
from chassis.testing_waits import until
from local_stack.acting.service_instance import running_processes
from local_stack.leash import Leash
from local_stack.ports import free_port
from wechat_simulator.testing import Simulator

from .conftest import channel_input, new_account, new_phone, the_comment
from .documents import COMMENTS, REGISTER_CHANNEL
from .running import Graph, Process, run_command, settings


async def test_reads_go_on_callbacks_are_failures_and_nothing_is_written(
    mongodb_uri: str,
    wechat: Simulator,
    mint: TokenMint,
    graph_as: Callable[..., Graph],
    leash: Leash,
    tmp_path: Path,
) -> None:
    kafka = f"127.0.0.1:{free_port()}"
    normal = settings(tmp_path, mint, mongodb_uri=mongodb_uri, kafka=kafka, wechat=wechat.url)
    await asyncio.to_thread(run_command, normal, "create-indexes")
    async with running_processes(
        Process, normal, "api", folder=tmp_path / "before", leash=leash
    ) as processes:
        address = processes["api"].address
        account = await new_account(wechat, graph_as("secretary", address=address))
        phone = await new_phone(wechat, account)
    store = Store.connect(mongodb_uri, normal["MONGODB_DATABASE"])
    before = await contents(store)
    message = {"app_id": account.app_id, "text": "没水"}

    async def tell_where(process: Process) -> None:
        url = f"{process.address}/wechat/callback/{account.channel_id}"
        await wechat.put(f"/simulator/accounts/{account.app_id}/callback", {"url": url})

    async with running_processes(
        Process,
        normal | {"READ_ONLY": "true"},
        *("api", "worker"),
        folder=tmp_path / "while",
        leash=leash,
    ) as processes:
        api, worker = processes["api"], processes["worker"]
        await tell_where(api)
        await wechat.post(f"/simulator/phones/{phone}/messages", message)
        await until(lambda: "callback not stored" in api.log_path.read_text())
        clerk = graph_as("clerk", address=api.address)
        assert (await clerk.ask(COMMENTS))["comments"]["nodes"] == []
        other = channel_input("wx0000000000000000")
        secretary = graph_as("secretary", address=api.address)
        assert await secretary.refusal(REGISTER_CHANNEL, input=other) == "UNAVAILABLE"
        assert worker.is_ready()
    assert await contents(store) == before

    async with running_processes(
        Process, normal, "api", folder=tmp_path / "after", leash=leash
    ) as processes:
        await tell_where(processes["api"])
        await wechat.post(f"/simulator/phones/{phone}/messages", message)
        clerk = graph_as("clerk", address=processes["api"].address)
        await the_comment(clerk, lambda it: it["text"] == "没水")
    await store.close()

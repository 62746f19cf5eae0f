"""A process that starts before its store says so in one line, stays, and is ready by itself."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from chassis.testing_waits import until
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store

from .processes import Process, environment_for

LOOKS = 8


async def test_a_store_away_at_the_start_is_one_line_and_no_end(
    start_store: Callable[[], Store], jwks_url: str, tmp_path: Path, leash: Leash
) -> None:
    store = await asyncio.to_thread(start_store)
    await asyncio.to_thread(store.stop)
    environment = environment_for(store.uri, f"127.0.0.1:{free_port()}", jwks_url, tmp_path)
    api = Process("api", environment, folder=tmp_path, leash=leash)
    worker = Process("worker", environment, folder=tmp_path, leash=leash)
    try:
        for process in (api, worker):
            process.start()
        for process in (api, worker):
            for _ in range(LOOKS):
                assert "store" in await missing(process)
            assert (await asked(process, "/live")).status_code == 200
            assert process.is_running
            said = warnings_of(process)
            assert len([line for line in said if says_why(line)]) == 1, said
            of_clients = [line["event"] for line in said if line["logger"].startswith("aiokafka")]
            assert len(of_clients) == len(set(of_clients)), "each is said once"
        await asyncio.to_thread(store.start)
        await asyncio.to_thread(store.wait_ready)
        await until(lambda: asyncio.to_thread(api.is_ready), within_seconds=60)

        async def only_the_broker_is_missing() -> bool:
            return await missing(worker) == ["consumers"]

        await until(only_the_broker_is_missing, within_seconds=60)
        assert await asyncio.to_thread(api.exit_code_after_sigterm) == 0
        assert await asyncio.to_thread(worker.exit_code_after_sigterm) == 0
    finally:
        for process in (api, worker):
            await asyncio.to_thread(process.kill)


async def asked(process: Process, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=process.address, timeout=10) as client:
        return await client.get(path)


async def missing(process: Process) -> list[str]:
    """What is missing, once the process answers and its parts have started."""

    async def answered() -> list[str] | None:
        try:
            named: list[str] = (await asked(process, "/ready")).json()["notReady"]
        except httpx.TransportError:
            return None
        return None if "starting" in named else named

    found = await until(answered, within_seconds=60)
    assert isinstance(found, list)
    return found


def warnings_of(process: Process) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in process.log_path.read_text().splitlines()]
    return [line for line in lines if line["level"] in {"warning", "error"}]


def says_why(line: dict[str, Any]) -> bool:
    """By the driver's word, or by ours where that takes too long."""
    return "store" in line.get("reasons", {})

"""A real process: how it begins, says how it is, and ends."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from socket import create_server

import httpx
import pytest
from chassis.testing_waits import until
from local_stack.ports import free_port
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

PROGRAM = Path(__file__).with_name("bakery_process.py")


class Process:
    """A running bakery, what it said and what it logged."""

    def __init__(self, port: int, process: asyncio.subprocess.Process) -> None:
        self.port = port
        self.process = process
        self.said: list[str] = []
        self.logged: list[dict[str, object]] = []
        self._reading = asyncio.gather(self._read_said(), self._read_logged())

    async def _read_said(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.said.append(line.decode().strip())

    async def _read_logged(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.logged.append(json.loads(line))

    def events(self) -> list[object]:
        return [line["event"] for line in self.logged]

    async def ready(self) -> None:
        await until(self._is_ready, within_seconds=20)

    async def _is_ready(self) -> bool:
        try:
            return (await self.get("/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async def get(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as client:
            return await client.get(path)

    async def ended(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), 20)
        await self._reading
        return code


Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    started: list[Process] = []

    async def start(trial: str, *, port: int | None = None) -> Process:
        port = port or free_port()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            PROGRAM,
            trial,
            str(port),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(Process(port, process))
        return started[-1]

    yield start
    for one in started:
        if one.process.returncode is None:
            one.process.kill()
        await one.ended()


async def test_sigterm_lets_a_request_finish_and_ends_the_parts_in_reverse(start: Start) -> None:
    bakery = await start("")
    await bakery.ready()
    answering = asyncio.create_task(bakery.get("/slow"))
    await until(lambda: "request" in bakery.said)
    bakery.process.send_signal(signal.SIGTERM)
    assert (await answering).text == "done"
    assert await bakery.ended() == 0
    assert bakery.said == [
        "store up", "work", "request", "answer", "work stopped", "worker down", "store down",
    ]  # fmt: skip
    assert bakery.events()[-1] == "stopped"


async def test_no_new_connection_is_taken_while_it_finishes(start: Start) -> None:
    bakery = await start("")
    await bakery.ready()
    answering = asyncio.create_task(bakery.get("/slow"))
    await until(lambda: "request" in bakery.said)
    bakery.process.send_signal(signal.SIGTERM)

    async def refused() -> bool:
        try:
            await bakery.get("/live")
        except httpx.ConnectError:
            return True
        except httpx.TransportError:
            return False  # it came in at the very moment
        return False

    await until(refused)
    assert (await answering).text == "done"
    assert await bakery.ended() == 0


async def test_an_open_socket_is_told_that_the_service_restarts(start: Start) -> None:
    bakery = await start("")
    await bakery.ready()
    async with connect(f"ws://127.0.0.1:{bakery.port}/socket") as socket:
        bakery.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
    assert await bakery.ended() == 0
    assert "socket closed" in bakery.said


async def test_health_is_three_routes(start: Start) -> None:
    bakery = await start("")
    await bakery.ready()
    assert (await bakery.get("/live")).json() == {"live": True}
    assert (await bakery.get("/ready")).json() == {"ready": True}
    assert "linli_background_deaths_total" in (await bakery.get("/metrics")).text
    assert (await bakery.get("/docs")).status_code == 404
    assert (await bakery.get("/openapi.json")).status_code == 404


async def test_a_part_that_does_not_start_ends_the_process(start: Start) -> None:
    bakery = await start("fails-to-start")
    assert await bakery.ended() == 1
    assert bakery.said == ["store up", "store down"]
    (line,) = [line for line in bakery.logged if line["event"] == "cannot start"]
    assert line["part"] == "oven"
    assert "does not light" in str(line["exception"])


async def test_a_process_that_cannot_be_built_says_so(start: Start) -> None:
    bakery = await start("cannot-be-built")
    assert await bakery.ended() == 1
    (line,) = bakery.logged
    assert line["event"] == "cannot be built"


async def test_while_it_starts_it_lives_and_is_not_ready(start: Start) -> None:
    bakery = await start("starts-for-ever")
    await until(lambda: "starting for ever" in bakery.said)
    assert (await bakery.get("/live")).status_code == 200
    answer = await bakery.get("/ready")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "notReady": ["starting"]},
    )
    bakery.process.send_signal(signal.SIGTERM)
    assert await bakery.ended() == 0
    assert bakery.said[-1] == "store down"


async def test_a_part_that_must_not_die_ends_the_process(start: Start) -> None:
    bakery = await start("dies")
    assert await bakery.ended() == 1
    assert bakery.said[-1] == "store down"
    assert "background work died" in bakery.events()


async def test_a_part_that_does_not_stop_cleanly_does_not_keep_the_others(start: Start) -> None:
    bakery = await start("fails-to-stop")
    await bakery.ready()
    bakery.process.send_signal(signal.SIGTERM)
    assert await bakery.ended() == 0
    assert bakery.said[-1] == "store down"
    assert "part does not stop cleanly" in bakery.events()


async def test_a_port_in_use_is_one_clear_line(start: Start) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        bakery = await start("", port=taken.getsockname()[1])
        assert await bakery.ended() == 1
    (line,) = bakery.logged
    assert (line["event"], line["reason"]) == ("cannot listen", "Address already in use")
    assert bakery.said == []

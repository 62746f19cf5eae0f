"""A real process: how it begins, says how it is, and ends."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from socket import create_server

import httpx
import pytest
from chassis.testing_waits import until
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from .processes import Process, launched

PROGRAM = Path(__file__).with_name("bakery_process.py")
LONGER_THAN_UVICORN_WAITS_SECONDS = 5.5
"""By itself it would hang up after five."""


Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    async with AsyncExitStack() as started:

        async def start(trial: str, *, port: int | None = None) -> Process:
            return await started.enter_async_context(launched(PROGRAM, trial, port=port))

        yield start


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


async def test_a_silent_connection_is_kept(start: Start) -> None:
    bakery = await start("")
    await bakery.ready()
    reader, writer = await asyncio.open_connection("127.0.0.1", bakery.port)

    for _ in range(2):
        writer.write(b"HEAD /live HTTP/1.1\r\nHost: bakery\r\n\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        assert answer.startswith(b"HTTP/1.1 ")
        with pytest.raises(TimeoutError):  # the server says nothing, and does not hang up
            await asyncio.wait_for(reader.read(1), LONGER_THAN_UVICORN_WAITS_SECONDS)

    writer.close()
    bakery.process.send_signal(signal.SIGTERM)
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
    assert (await bakery.get("/ready")).json() == {"ready": True, "notReady": []}
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

"""A process of the bakery, run by tests: `python bakery_process.py <what to try>`.

It writes one line for each thing that happens, so that a test can see the order.
"""

import asyncio
import sys

from chassis.server import Service, run
from chassis.telemetry import start_telemetry
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect


class Settings:
    log_level = "INFO"
    otel_exporter_otlp_endpoint = None


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def slow(request: Request) -> PlainTextResponse:
    say("request")
    await asyncio.sleep(1)
    say("answer")
    return PlainTextResponse("done")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        await websocket.receive_text()
    except WebSocketDisconnect:
        say("socket closed")


async def work() -> None:
    say("work")
    try:
        await asyncio.Event().wait()
    finally:
        say("work stopped")


async def never() -> None:
    say("starting for ever")
    await asyncio.Event().wait()


async def fail(*_: object) -> None:
    raise ValueError("the oven does not light")


def said(what: str):  # type: ignore[no-untyped-def]
    async def part() -> None:
        say(what)

    return part


async def build(trial: str, port: int) -> Service:
    if trial == "cannot-be-built":
        await fail()
    service = Service("bakery", host="127.0.0.1", port=port)
    service.routes += [Route("/slow", slow), WebSocketRoute("/socket", socket)]
    service.add("store", start=said("store up"), stop=said("store down"))
    if trial == "fails-to-start":
        service.add("oven", start=fail)
    if trial == "starts-for-ever":
        service.add("oven", start=never)
    if trial == "dies":
        service.add("oven", run=fail, when_it_dies="end")
    if trial == "fails-to-stop":
        service.add("oven", stop=fail)
    service.add("worker", run=work, stop=said("worker down"))
    return service


if __name__ == "__main__":
    start_telemetry(Settings(), process="bakery")
    raise SystemExit(run(lambda: build(sys.argv[1], int(sys.argv[2]))))

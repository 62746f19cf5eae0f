"""A process of a service: its parts, its routes, and an orderly end."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import msgspec
import structlog
import uvicorn
import uvloop
from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from chassis.body_limit import BodyLimit
from chassis.health import health_routes
from chassis.http_metrics import HttpMetrics
from chassis.readiness import Check, NotReady, Readiness
from chassis.straight_to import StraightTo
from chassis.supervision import Background, Run, WhenItDies
from chassis.telemetry import trace_requests

__all__ = ["NotReady", "Service", "run"]

_BODY_BYTES = 1024 * 1024
# Longer than who asks keeps an idle connection (nginx 60 s), else some requests meet its end.
_KEEP_ALIVE_SECONDS = 75

_log = structlog.stdlib.get_logger("chassis.server")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Something a process is made of; see `Service.add`."""

    name: str
    start: Callable[[], Awaitable[object]] | None = None
    background: Background | None = None
    stop: Callable[[], Awaitable[object]] | None = None


class Service:
    """One process, an api or a worker, before it runs.

    Attributes:
        routes: what it serves besides /live /ready /metrics.
        streaming_paths: the paths of routes that read a body piece by piece and limit it
            themselves, those that end in "/" with all below them; every other body is limited to
            `body_limit_bytes`.
    """

    def __init__(
        self,
        name: str,
        *,
        host: str,
        port: int,
        body_limit_bytes: int = _BODY_BYTES,
        finish_seconds: float = 30,
        stop_seconds: float = 10,
    ) -> None:
        """Describe the process.

        Args:
            port: 0 for any free one.
            finish_seconds: how long requests in flight may take after SIGTERM; more than the
                longest request.
            stop_seconds: how long each part may take to stop; background work that was cancelled
                is cancelled again then.
        """
        self.name = name
        self.host = host
        self.port = port
        self.body_limit_bytes = body_limit_bytes
        self.finish_seconds = finish_seconds
        self.stop_seconds = stop_seconds
        self.routes: list[BaseRoute] = []
        self.streaming_paths: set[str] = set()
        self.parts: list[Part] = []
        self.readiness = Readiness()

    def add(
        self,
        name: str,
        *,
        start: Callable[[], Awaitable[object]] | None = None,
        run: Run | None = None,
        ready: Check | None = None,
        stop: Callable[[], Awaitable[object]] | None = None,
        when_it_dies: WhenItDies = "restart",
    ) -> None:
        """Add a part; parts start in this order and end in the reverse.

        Args:
            start: awaited before the next part starts; a failure ends the process, code 1.
            run: background work, `async def run()` until it is cancelled. If it ends by itself that
                is logged, counted and, by `when_it_dies`, begun again with backoff, or the end of
                the process with code 1.
            ready: asked at /ready; raises NotReady or answers False when it is not.
            stop: awaited after the background work ended.
        """
        background = Background(name, run, when_it_dies=when_it_dies) if run else None
        self.parts.append(Part(name=name, start=start, background=background, stop=stop))
        if ready is not None:
            self.readiness.add(name, ready)

    def app(self, *, provider: TracerProvider | None = None) -> ASGIApp:
        """Make the ASGI application, for `run` and for tests that need no process.

        Args:
            provider: takes its spans; the process's own when None.
        """
        app = FastAPI(
            title=self.name,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            telemetry={"tracing": False, "metrics": False, "logs": False},  # both are below
        )
        app.router.routes.extend(health_routes(self.readiness))
        app.router.routes.extend(self.routes)
        limited = BodyLimit(
            StraightTo(app, self.routes),
            limit_bytes=self.body_limit_bytes,
            counts_itself=self.streaming_paths,
        )
        counted = HttpMetrics(limited, app.router.routes)
        return trace_requests(counted, provider=provider)


def run(build: Callable[[], Awaitable[Service]]) -> int:
    """Build a process inside a new event loop and run it until SIGTERM or SIGINT.

    A request's `client` is the address that its X-Forwarded-For names when the peer is one of
    FORWARDED_ALLOW_IPS (addresses and networks with commas between; when not set 127.0.0.1, ::1).

    Returns: the exit code: 0 after a signal, 1 when it could not start or lost a part it needs.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(build))


async def _run(build: Callable[[], Awaitable[Service]]) -> int:
    # uvicorn would raise the signal again after it stopped, and the exit code would be -15.
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    try:
        service = await build()
    except Exception:
        _log.exception("cannot be built")
        return 1
    try:
        listening = socket.create_server((service.host, service.port), backlog=2048)
    except OSError as error:
        _log.error(
            "cannot listen",
            host=service.host,
            port=service.port,
            reason=os.strerror(error.errno or 0),
        )
        return 1
    return await _Process(service, listening, told_to_stop).run()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Process:
    """Serves while its parts live; the order of the end is the point of it."""

    def __init__(
        self, service: Service, listening: socket.socket, told_to_stop: asyncio.Event
    ) -> None:
        self._service = service
        self._listening = listening
        self._told_to_stop = told_to_stop
        self._started: list[Part] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._server = _Server(
            uvicorn.Config(
                service.app(),
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                ws_max_size=service.body_limit_bytes,
                timeout_graceful_shutdown=int(service.finish_seconds),
            )
        )

    async def run(self) -> int:
        serving = asyncio.create_task(self._server.serve(sockets=[self._listening]))
        started = await self._start_parts()
        lived = started and await self._until_told_or_died(serving)
        self._service.readiness.close("stopping")
        self._server.should_exit = True
        await serving
        await self._stop_parts()
        _log.info("stopped", service=self._service.name, clean=lived)
        return 0 if lived else 1

    async def _start_parts(self) -> bool:
        """Start every part in order; SIGTERM in the meantime ends it early and cleanly."""
        for part in self._service.parts:
            if self._told_to_stop.is_set():
                return True
            self._started.append(part)
            if part.start is not None and not await self._start(part.name, part.start):
                return False
            if part.background is not None:
                self._tasks.append(part.background.start())
        port = self._listening.getsockname()[1]
        self._service.readiness.open()
        _log.info("started", service=self._service.name, host=self._service.host, port=port)
        return True

    async def _start(self, name: str, start: Callable[[], Awaitable[object]]) -> bool:
        starting = asyncio.ensure_future(start())
        told = asyncio.create_task(self._told_to_stop.wait())
        await asyncio.wait([starting, told], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if not starting.done():
            starting.cancel()
            await asyncio.wait([starting])
            return True
        if (error := starting.exception()) is not None:
            _log.error("cannot start", part=name, exc_info=error)
            return False
        return True

    async def _until_told_or_died(self, serving: asyncio.Task[None]) -> bool:
        """Wait for a signal. Returns: False when something that must live ended first."""
        told = asyncio.create_task(self._told_to_stop.wait())
        watched = [told, serving, *self._tasks]
        done, _ = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        if told in done:
            return True
        told.cancel()
        for task in done:
            _log.error("a part without which there is no service ended", part=task.get_name())
        return False

    async def _stop_parts(self) -> None:
        for part in reversed(self._started):
            if part.background is not None:
                await part.background.stop(self._service.stop_seconds)
            if part.stop is not None:
                await self._stop(part.name, part.stop)

    async def _stop(self, name: str, stop: Callable[[], Awaitable[object]]) -> None:
        """Stop one part; a failure is logged and must not keep the others from stopping."""
        try:
            async with asyncio.timeout(self._service.stop_seconds):
                await stop()
        except Exception:
            _log.exception("part does not stop cleanly", part=name)
